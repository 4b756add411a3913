using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Tests.Objects;

/// <summary>RFC 9110, section 13.2.2, and AWS's table of GetObject.</summary>
public class ReadConditionsTests
{
    private const string Same = "\"0123456789abcdef0123456789abcdef\"";
    private const string Other = "\"00000000000000000000000000000000\"";

    private static readonly DateTimeOffset Modified = new(2026, 5, 5, 12, 0, 0, 500, TimeSpan.Zero);

    private static readonly ObjectRecord Object = new()
    {
        Owner = ObjectWorld.Owner,
        ETag = "0123456789abcdef0123456789abcdef",
        LastModified = Modified,
    };

    [Theory]
    [InlineData(Same, null, null, null, ReadOutcome.Proceed)]
    [InlineData(Other, null, null, null, ReadOutcome.PreconditionFailed)]
    [InlineData("*", null, null, null, ReadOutcome.Proceed)]
    [InlineData(Other + ", " + Same, null, null, null, ReadOutcome.Proceed)]
    [InlineData(null, Same, null, null, ReadOutcome.NotModified)]
    [InlineData(null, "W/" + Same, null, null, ReadOutcome.NotModified)]
    [InlineData(null, "*", null, null, ReadOutcome.NotModified)]
    [InlineData(null, Other, null, null, ReadOutcome.Proceed)]
    [InlineData(null, null, 0, null, ReadOutcome.NotModified)]
    [InlineData(null, null, -1, null, ReadOutcome.Proceed)]
    [InlineData(null, null, null, 0, ReadOutcome.Proceed)]
    [InlineData(null, null, null, -1, ReadOutcome.PreconditionFailed)]
    [InlineData(Same, null, null, -1, ReadOutcome.Proceed)]
    [InlineData(Other, Same, null, null, ReadOutcome.PreconditionFailed)]
    [InlineData(null, Other, 0, null, ReadOutcome.Proceed)]
    [InlineData(null, Same, -1, null, ReadOutcome.NotModified)]
    [InlineData(Same, Same, null, null, ReadOutcome.NotModified)]
    public void Conditions_in_order(string? match, string? noneMatch, int? modifiedSince, int? unmodifiedSince, ReadOutcome expected)
    {
        // Dates are whole seconds, as in headers.
        DateTimeOffset? At(int? seconds) => seconds is null ? null : Modified.AddMilliseconds(-500).AddSeconds(seconds.Value);
        Assert.Equal(expected, new ReadConditions(match, noneMatch, At(modifiedSince), At(unmodifiedSince)).Evaluate(Object));
    }
}
