package dev.roost.spi.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.roost.spi.BindingData;
import dev.roost.spi.BindingException;
import dev.roost.spi.HostClock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  private static final HostClock CLOCK =
      new HostClock() {
        @Override
        public Instant now() {
          return Instant.parse("2026-03-07T04:05:06.078900Z");
        }

        @Override
        public long nanoTime() {
          return 0;
        }
      };

  private static BindingData data() {
    try {
      return BindingData.builder()
          .text("name", "report")
          .text("Ext", "txt")
          .text("empty", "")
          .text("when", "2026-01-31T22:30:45.5+02:00")
          .text("unzoned", "2026-01-31T22:30:45")
          .text("json", "{\"a\":1}")
          .properties(
              new JsonMapper()
                  .readTree(
                      """
                      {"order": {"Id": 7, "lines": [1], "Customer": {"Name": "Ann", "x-id": "k"},
                                 "nothing": null, "paid": true, "total": 12.50, "at": "2026-02-03T04:05:06Z"},
                       "count": 42, "whole": 3.0, "minus": -5, "big": 12345678901234567890,
                       "Query": {"code": "a b"}, "Headers": {"x-request-id": "r1"}}
                      """))
          .build();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String render(String text) throws BindingException, MissingValueException {
    return Template.parse("path", text, "Orders").render(data(), CLOCK);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          plain                          | plain
          {name}                         | report
          {NAME}.{ext}                   | report.txt
          a/{name}/b                     | a/report/b
          {name}{name}                   | reportreport
          { name }                       | report
          [{empty}]                      | []
          {{name}}                       | {name}
          {{{name}}}                     | {report}
          }}x{{                          | }x{
          {order.id}                     | 7
          {Order.Customer.name}          | Ann
          {order.customer.x-id}          | k
          [{order}]                      | []
          [{order.lines}]                | []
          [{order.customer}]             | []
          [{order.nothing}]              | []
          {order.paid}                   | true
          {order.total}                  | 12.5
          {whole}                        | 3
          {count}                        | 42
          {minus}                        | -5
          {big}                          | 12345678901234567890
          {count:D5}                     | 00042
          {minus:d3}                     | -005
          {count:X}                      | 2A
          {count:x4}                     | 002a
          {order.total:F1}               | 12.5
          {order.total:F0}               | 13
          {big:N0}                       | 12,345,678,901,234,567,890
          {count:0000}                   | 0042
          {order.total:0.000}            | 12.500
          {name:D5}                      | report
          {query.code}                   | a b
          {headers.x-request-id}         | r1
          {HEADERS.X-Request-Id}         | r1
          {when}                         | 2026-01-31T22:30:45.5+02:00
          {when:yyyy/MM/dd}              | 2026/01/31
          {when:HH-mm zzz}               | 22-30 +02:00
          {unzoned:yyyyMMdd'T'HHmmssK}   | 20260131T223045
          {order.at:yyyy-MM}             | 2026-02
          {json}                         | {"a":1}
          {datetime}                     | 2026-03-07T04-05-06Z
          {DateTime:yyyy}                | 2026
          {datetime:yyyy-MM-dd}          | 2026-03-07
          {datetime:yyyy.MM}             | 2026.03
          {datetime:HH:mm:ss}            | 04:05:06
          {sys.utcnow}                   | 2026-03-07T04-05-06Z
          {sys.UtcNow:yyyyMMdd}          | 20260307
          {sys.methodname}               | Orders
          {Sys.MethodName}-x             | Orders-x
          """)
  void renders(String text, String expected) throws Exception {
    assertThat(render(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "{rand-guid}, [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "{rand-guid:D}, [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "{Rand-Guid:N}, [0-9a-f]{32}",
    "{rand-guid:n}, [0-9a-f]{32}",
    "{rand-guid:B}, \\{[-0-9a-f]{36}\\}",
    "{rand-guid:P}, \\([-0-9a-f]{36}\\)",
    "{sys.randguid}, [-0-9a-f]{36}",
    "{sys.RandGuid:N}, [0-9a-f]{32}",
  })
  void rendersGuids(String text, String pattern) throws Exception {
    assertThat(render(text)).matches(pattern);
  }

  @Test
  void rendersAnotherGuidEachTime() throws Exception {
    Template template = Template.parse("path", "{rand-guid} {rand-guid}", "Orders");
    Set<String> guids = new HashSet<>();
    for (int i = 0; i < 10; i++) {
      guids.addAll(Set.of(template.render(data(), CLOCK).split(" ")));
    }
    assertThat(guids).hasSize(20);
  }

  @Test
  void prefersBindingDataToBuiltIns() throws Exception {
    BindingData own =
        BindingData.builder()
            .text("datetime", "2001-02-03T04:05:06Z")
            .json("sys", JsonMapper.builder().build().readTree("{\"methodname\":\"mine\"}"))
            .build();
    assertThat(
            Template.parse("path", "{datetime:yyyy} {sys.methodname}", "Orders").render(own, CLOCK))
        .isEqualTo("2001 mine");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {missing}            | No value for named parameter 'missing'.
          a/{b}/{name}         | No value for named parameter 'b'.
          {missing.x}          | No value for named parameter 'missing'.
          {sys.other}          | No value for named parameter 'sys'.
          {order.missing}      | Error while accessing 'missing': property doesn't exist.
          {order.id.deeper}    | Error while accessing 'deeper': property doesn't exist.
          {name.length}        | Error while accessing 'length': property doesn't exist.
          {json.a}             | Error while accessing 'a': property doesn't exist.
          {query.none}         | Error while accessing 'none': property doesn't exist.
          """)
  void tellsWhichValueIsMissing(String text, String message) {
    assertThatThrownBy(() -> render(text))
        .isInstanceOf(MissingValueException.class)
        .hasMessageStartingWith(message)
        .hasMessageContaining("'" + text + "'");
  }

  @Test
  void tellsWhichValuesThereAre() {
    assertThatThrownBy(() ->
            Template.parse("path", "out/{nme}", "Orders")
                .render(BindingData.builder().text("name", "x").build(), CLOCK))
        .hasMessage(
            "No value for named parameter 'nme'. 'out/{nme}' needs it and this event has [name]."
                + " Use a name that the trigger provides.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {name              | a '{' without a partner at position 1
          a}                 | a '}' without a partner at position 2
          {a{b}              | a '{' without a partner at position 1
          {}                 | nothing in it
          { }                | nothing in it
          {a b}              | not an expression
          {1a}               | not an expression
          {a-b}              | not an expression
          {a..b}             | not an expression
          {a.}               | not an expression
          {.a}               | not an expression
          {rand-guid:Q}      | formats a GUID with 'Q'
          {rand-guid:ND}     | formats a GUID with 'ND'
          {sys.randguid:zz}  | formats a GUID with 'zz'
          {when:ffffffff}    | more than seven f
          {when:FFFFFFFF}    | more than seven F
          {when:yyyy"}       | a " without a partner
          {when:yyyy\\}      | a \\ at its end
          """)
  void refusesAMalformedText(String text, String found) {
    assertThatThrownBy(() -> Template.parse("path", text, "Orders"))
        .isInstanceOf(BindingException.class)
        .hasMessageStartingWith("path: '" + text + "'")
        .hasMessageContaining(found);
  }

  @Test
  void knowsWhetherItIsConstant() throws Exception {
    assertThat(Template.parse("path", "{{a}}/b", "Orders").constant()).contains("{a}/b");
    assertThat(Template.parse("path", "a/{b}", "Orders").constant()).isEmpty();
    assertThat(Template.parse("path", "{rand-guid}", "Orders").constant()).isEmpty();
  }

  @Test
  void quotesValuesButNotItsOwnText() throws Exception {
    assertThat(
            Template.parse("filter", "a eq '{name}'", "Orders")
                .render(data(), CLOCK, (before, value) -> before.length() + "<" + value + ">"))
        .isEqualTo("a eq '6<report>'");
  }
}
