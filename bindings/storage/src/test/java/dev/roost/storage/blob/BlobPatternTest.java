package dev.roost.storage.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.spi.BindingException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlobPatternTest {

  private static String captures(String pattern, String name) throws BindingException {
    Optional<Map<String, String>> match = BlobPattern.parse(pattern).match(name);
    return match
        .map(captures ->
            captures.entrySet().stream()
                .map(capture -> capture.getKey() + "=" + capture.getValue())
                .collect(Collectors.joining(";")))
        .orElse("no match");
  }

  @ParameterizedTest(name = "{0} on {1}")
  @CsvSource(
      delimiter = '|',
      emptyValue = "",
      nullValues = "-",
      textBlock =
          """
          # the whole container
          files                      | a                    | ''
          files                      | a/b/c.txt            | ''
          files/                     | a                    | ''
          /files                     | a                    | ''
          /files/a                   | a                    | ''
          # literals: anchored at both ends, case-sensitive, no regular expressions
          files/a.txt                | a.txt                | ''
          files/a.txt                | A.txt                | no match
          files/a.txt                | a.txt2               | no match
          files/a.txt                | xa.txt               | no match
          files/a.txt                | dir/a.txt            | no match
          files/a.txt                | abtxt                | no match
          files/a+b(c)[d]^$.txt      | a+b(c)[d]^$.txt      | ''
          files/a*                   | aaa                  | no match
          files/a*                   | a*                   | ''
          files/a\\Eb                | a\\Eb                | ''
          files/x/y/z                | x/y/z                | ''
          files/x//y                 | x//y                 | ''
          files/ä ö                  | ä ö                  | ''
          # one capture
          files/{name}               | a                    | name=a
          files/{name}               | a/b/c                | name=a/b/c
          files/{name}               | .hidden              | name=.hidden
          files/{name}               | ü n.txt              | name=ü n.txt
          files/{name}.txt           | a.txt                | name=a
          files/{name}.txt           | a.b.txt              | name=a.b
          files/{name}.txt           | .txt                 | name=
          files/{name}.txt           | dir/.txt             | name=dir/
          files/{name}.txt           | a.TXT                | no match
          files/{name}.txt           | a.txt.gz             | no match
          files/{name}.txt           | atxt                 | no match
          files/in/{name}            | in/a                 | name=a
          files/in/{name}            | in/                  | name=
          files/in/{name}            | in                   | no match
          files/in/{name}            | out/a                | no match
          files/in/{name}            | x/in/a               | no match
          files/in-{name}-end        | in--end              | name=
          files/in-{name}-end        | in-a-end-end         | name=a-end
          files/{Name}               | a                    | Name=a
          files/{_n1}                | a                    | _n1=a
          files/{näme}               | a                    | näme=a
          # several captures: the first takes what it can
          files/{name}.{ext}         | a.txt                | name=a;ext=txt
          files/{name}.{ext}         | a.b.txt              | name=a.b;ext=txt
          files/{name}.{ext}         | a.                   | name=a;ext=
          files/{name}.{ext}         | .x                   | name=;ext=x
          files/{name}.{ext}         | .                    | name=;ext=
          files/{name}.{ext}         | a                    | no match
          files/{dir}/{name}         | a/b                  | dir=a;name=b
          files/{dir}/{name}         | a/b/c                | dir=a/b;name=c
          files/{dir}/{name}         | a                    | no match
          files/{dir}/{name}         | /a                   | dir=;name=a
          files/{a}{b}               | xyz                  | a=xyz;b=
          files/{a}-{b}-{c}          | 1-2-3                | a=1;b=2;c=3
          files/{a}-{b}-{c}          | 1-2-3-4              | a=1-2;b=3;c=4
          files/{a}-{b}-{c}          | --                   | a=;b=;c=
          files/{y}/{m}/{d}/{f}.csv  | 2026/01/31/x.csv     | y=2026;m=01;d=31;f=x
          files/{y}/{m}/{d}/{f}.csv  | 2026/01/x.csv        | no match
          files/{t}/in/{n}           | a/in/b/in/c          | t=a/in/b;n=c
          # escaped braces
          files/{{a}}                | {a}                  | ''
          files/{{{a}}}              | {x}                  | a=x
          files/{{{a}}}              | x                    | no match
          files/a}}b                 | a}b                  | ''
          files/{{20}}-{n}           | {20}-7               | n=7
          # formats have no meaning here
          files/{n:D4}               | 7                    | n=7
          files/{datetime}           | 7                    | datetime=7
          """)
  void matchesNamesAndCaptures(String pattern, String name, String expected) throws Exception {
    assertThat(captures(pattern, name)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {c}/a              | path: '{c}/a' has braces in its container.
          fi{c}s/a           | path: 'fi{c}s/a' has braces in its container.
          files/{            | has a '{' without a partner
          files/{a           | has a '{' without a partner
          files/a}           | has a '}' without a partner
          files/{a{b}}       | has a '{' without a partner
          files/{}           | has {} with nothing in it
          files/{a}/{a}      | path: 'files/{a}/{a}' captures {a} twice.
          files/{a}/{A}      | captures {A} twice
          files/{a.b}        | captures {a.b}, which is not a name
          files/{a b}        | captures {a b}, which is not a name
          files/{1a}         | captures {1a}, which is not a name
          files/{rand-guid}  | captures {rand-guid}, which is not a name
          f/a                | 'f' is not a container's name
          Fi_les/a           | 'Fi_les' is not a container's name
          a--b               | 'a--b' is not a container's name
          /                  | '' is not a container's name
          """)
  void refusesAMalformedPattern(String pattern, String message) {
    assertThatThrownBy(() -> BlobPattern.parse(pattern))
        .isInstanceOf(BindingException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({
    "files, files, ''",
    "FILES/A, files, A",
    "$root/{n}, $root, ''",
    "files/in/{n}.txt, files, in/",
    "files/{n}/x, files, ''",
    "files/{{a/{n}, files, {a/",
  })
  void knowsWhatToList(String text, String container, String prefix) throws Exception {
    BlobPattern pattern = BlobPattern.parse(text);
    assertThat(pattern.container()).isEqualTo(container);
    assertThat(pattern.prefix()).isEqualTo(prefix);
  }

  @Test
  void matchesANameWithALineBreak() throws Exception {
    assertThat(captures("files/{n}.txt", "a\nb.txt")).isEqualTo("n=a\nb");
  }
}
