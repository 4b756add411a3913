using System.Globalization;
using S3Cassandra.Auth.Requests;

namespace S3Cassandra.Auth.Tests.Requests;

public sealed class AmzDateTests
{
    [Theory]
    [InlineData("20130524T000000Z")]
    [InlineData("20261123T235959Z")]
    [InlineData("20240229T120001Z")]
    [InlineData("00010101T000000Z")]
    [InlineData("99991231T235959Z")]
    public void The_basic_form_is_read_and_written(string text)
    {
        Assert.True(AmzDate.TryParseBasic(text, out var date));
        Assert.Equal(DateTimeOffset.ParseExact(text, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), date);
        Assert.Equal(text, AmzDate.ToBasic(date));
        Assert.True(AmzDate.IsDay(text.AsSpan(0, 8)));
    }

    [Theory]
    [InlineData("20230229T000000Z")]
    [InlineData("00000101T000000Z")]
    [InlineData("20261301T000000Z")]
    [InlineData("20260001T000000Z")]
    [InlineData("20260132T000000Z")]
    [InlineData("20260100T000000Z")]
    [InlineData("20260101T240000Z")]
    [InlineData("20260101T006000Z")]
    [InlineData("20260101T000060Z")]
    [InlineData("2026010aT000000Z")]
    [InlineData("-0260101T000000Z")]
    [InlineData("20260101 000000Z")]
    [InlineData("20260101T000000z")]
    [InlineData("20260101T000000+")]
    [InlineData("20260101T00000Z")]
    [InlineData("20260101T000000Z ")]
    [InlineData("２0260101T000000Z")]
    [InlineData("")]
    public void Anything_else_is_not(string text) => Assert.False(AmzDate.TryParseBasic(text, out _));
}
