package dev.roost.spi.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected texts are those of .NET's documentation of its date formats, invariant culture. */
class DateFormatTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          2009-06-05T13:45:30.617542Z       | d           | 06/05/2009
          2009-06-05T13:45:30.617542Z       | D           | Friday, 05 June 2009
          2009-06-05T13:45:30.617542Z       | f           | Friday, 05 June 2009 13:45
          2009-06-05T13:45:30.617542Z       | F           | Friday, 05 June 2009 13:45:30
          2009-06-05T13:45:30.617542Z       | g           | 06/05/2009 13:45
          2009-06-05T13:45:30.617542Z       | G           | 06/05/2009 13:45:30
          2009-06-05T13:45:30.617542Z       | M           | June 05
          2009-06-05T13:45:30.617542Z       | o           | 2009-06-05T13:45:30.6175420Z
          2009-06-05T13:45:30.617542+02:00  | O           | 2009-06-05T13:45:30.6175420+02:00
          2009-06-05T13:45:30.617542Z       | R           | Fri, 05 Jun 2009 13:45:30 GMT
          2009-06-05T13:45:30.617542Z       | s           | 2009-06-05T13:45:30
          2009-06-05T13:45:30.617542Z       | t           | 13:45
          2009-06-05T13:45:30.617542Z       | T           | 13:45:30
          2009-06-05T13:45:30.617542Z       | u           | 2009-06-05 13:45:30Z
          2009-06-05T13:45:30.617542Z       | Y           | 2009 June
          2009-06-05T13:45:30Z              | %d          | 5
          2009-06-05T13:45:30Z              | dd          | 05
          2009-06-05T13:45:30Z              | ddd         | Fri
          2009-06-05T13:45:30Z              | dddd        | Friday
          2009-06-05T13:45:30.6175Z         | %f          | 6
          2009-06-05T13:45:30.6175Z         | ff          | 61
          2009-06-05T13:45:30.6175Z         | fff         | 617
          2009-06-05T13:45:30.6175425Z      | ffff        | 6175
          2009-06-05T13:45:30.6175425Z      | fffffff     | 6175425
          2009-06-05T13:45:30.0005Z         | FFFF        | 0005
          2009-06-05T13:45:30.6100Z         | FFFF        | 61
          2009-06-05T13:45:30Z              | ss.FFF      | 30
          2009-06-05T13:45:30.050Z          | ss.FFF      | 30.05
          2009-06-05T13:45:30Z              | yyyy gg     | 2009 A.D.
          2009-06-05T01:45:30Z              | %h          | 1
          2009-06-05T13:45:30Z              | %h          | 1
          2009-06-05T00:45:30Z              | hh          | 12
          2009-06-05T12:45:30Z              | hh          | 12
          2009-06-05T01:45:30Z              | %H          | 1
          2009-06-05T13:45:30Z              | HH          | 13
          2009-06-05T13:45:30Z              | %K          | Z
          2009-06-05T13:45:30-07:00         | %K          | -07:00
          2009-06-05T13:45:30               | HH%K        | 13
          2009-06-05T13:09:30Z              | %m          | 9
          2009-06-05T13:09:30Z              | mm          | 09
          2009-06-05T13:09:30Z              | %M          | 6
          2009-06-05T13:09:30Z              | MM          | 06
          2009-06-05T13:09:30Z              | MMM         | Jun
          2009-09-05T13:09:30Z              | MMM         | Sep
          2009-06-05T13:09:30Z              | MMMM        | June
          2009-06-05T13:09:09Z              | %s          | 9
          2009-06-05T13:09:09Z              | ss          | 09
          2009-06-05T13:09:09Z              | %t          | P
          2009-06-05T01:09:09Z              | hh tt       | 01 AM
          0001-01-01T00:00:00Z              | %y          | 1
          2009-06-05T13:09:09Z              | yy          | 09
          0900-01-01T00:00:00Z              | yyy         | 900
          2009-06-05T13:09:09Z              | yyyyy       | 02009
          2009-06-05T13:09:09-07:00         | %z          | -7
          2009-06-05T13:09:09-07:00         | zz          | -07
          2009-06-05T13:09:09+05:30         | zzz         | +05:30
          2009-06-05T13:09:09Z              | h \\h m \\m | 1 h 9 m
          2009-06-05T13:09:09Z              | 'at' HH     | at 13
          2009-06-05T13:09:09Z              | "at" HH     | at 13
          2009-06-05T13:09:09Z              | yyyy/MM:dd  | 2009/06:05
          2009-06-05T13:09:09Z              | x           | x
          """)
  void formatsAsDotNet(String time, String format, String expected) throws Exception {
    Moment moment = Moment.parse(time).orElseThrow();
    assertThat(DateFormat.parse("path", "{datetime}", format).format(moment)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"2026", "report", "2026-01-31 10:00:00", "2026-13-31T10:00:00Z", "''"})
  void takesOnlyIsoTimesForTimes(String text) {
    assertThat(Moment.parse(text)).isEmpty();
  }
}
