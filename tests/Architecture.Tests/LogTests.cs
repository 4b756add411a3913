using S3Cassandra.Architecture.Tests.Rules;
using S3Cassandra.Architecture.Tests.Sources;

namespace S3Cassandra.Architecture.Tests;

public class LogTests
{
    [Fact]
    public void Logs_are_generated_and_event_ids_unique() =>
        Findings.None(LogRules.Check([.. Repository.Sources.Where(source => source.IsProduct)]));

    [Theory]
    [InlineData("[LoggerMessage(1, LogLevel.Debug, \"a\")] void A(); [LoggerMessage(EventId = 1, Level = LogLevel.Debug)] void B();", "event id 1")]
    [InlineData("const int X = 5; [LoggerMessage(EventId = X)] void A(); [LoggerMessage(EventId = Ids.X + 0)] void B();", "event id 5")]
    [InlineData("[LoggerMessage(Level = LogLevel.Debug, Message = \"a\")] void A();", "without an event id")]
    [InlineData("void M() { _logger.LogInformation(\"a\"); }", "not source-generated")]
    public void A_log_against_the_rules_is_found(string members, string expected) =>
        Findings.One(expected, LogRules.Check([SourceFile.Parse("src/Storage/Log.cs", $"class Log {{ {members} }}")]));
}
