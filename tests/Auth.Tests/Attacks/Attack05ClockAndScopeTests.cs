using System.Globalization;
using S3Cassandra.Auth.Tests.Support;

namespace S3Cassandra.Auth.Tests.Attacks;

/// <summary>Attack 5: dates out of reach, and scopes made for another day, region or service.</summary>
public sealed class Attack05ClockAndScopeTests
{
    [Theory]
    [InlineData(-900, true)]
    [InlineData(-901, false)]
    [InlineData(900, true)]
    [InlineData(901, false)]
    [InlineData(-86400, false)]
    [InlineData(86400, false)]
    public void A_header_s_date_may_be_fifteen_minutes_off(int seconds, bool isInTime)
    {
        var date = TestRequest.Noon.AddSeconds(seconds);
        TestRequest[] requests =
        [
            new SignerV4 { Date = date }.SignHeader(new TestRequest()),
            WithHttpDate(date),
            new SignerV2 { Date = date }.SignHeader(new TestRequest()),
            new SignerV2().SignHeader(new TestRequest().With("x-amz-date", date.ToString("r", CultureInfo.InvariantCulture))),
        ];
        foreach (var request in requests)
        {
            var verification = Verification.Of(request);
            if (isInTime)
            {
                verification.Holds();
            }
            else
            {
                verification.Refused("RequestTimeTooSkewed");
                Assert.Equal("900000", verification.Detail("MaxAllowedSkewMilliseconds"));
                Assert.Equal("2026-11-23T12:00:00Z", verification.Detail("ServerTime"));
                Assert.NotNull(verification.Detail("RequestTime"));
            }
        }
    }

    [Theory]
    [InlineData("Mon, 23 Nov 2026 12:00:00 GMT")]
    [InlineData("Mon, 23 Nov 2026 12:00:00 +0000")]
    [InlineData("Mon, 23 Nov 2026 12:00:00 -0000")]
    [InlineData("Mon, 23 Nov 2026 13:00:00 +0100")]
    [InlineData("Monday, 23-Nov-26 12:00:00 GMT")]
    [InlineData("Mon Nov 23 12:00:00 2026")]
    [InlineData("20261123T120000Z")]
    [InlineData("2026-11-23T12:00:00Z")]
    public void Date_stands_for_x_amz_date_in_every_form_of_it(string date)
    {
        var request = new TestRequest().With("Date", date).With("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        Verification.Of(new SignerV4().SignHeaderAsItStands(request, "UNSIGNED-PAYLOAD")).Holds();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("03032006")]
    [InlineData("20261323T120000Z")]
    [InlineData("20261123T120000")]
    [InlineData("Mon, 23 Nov 2026 12:00:00 GMT")]
    public void Without_a_readable_date_nothing_is_verified(string? date)
    {
        var v4 = new SignerV4().SignHeader(new TestRequest());
        v4.Headers["x-amz-date"] = date;
        Verification.Of(v4).Refused("AccessDenied");

        if (date?.Contains("GMT", StringComparison.Ordinal) != true)
        {
            var v2 = new SignerV2().SignHeader(new TestRequest());
            v2.Headers["Date"] = date;
            Verification.Of(v2).Refused("AccessDenied");
        }
    }

    [Fact]
    public void The_scope_s_day_is_the_date_s()
    {
        var header = new SignerV4 { Day = "20261122" }.SignHeader(new TestRequest());
        Assert.Contains("Invalid credential date", Verification.Of(header).Refused("AuthorizationHeaderMalformed").Message, StringComparison.Ordinal);
        var query = new SignerV4 { Day = "20261122" }.SignQuery(new TestRequest());
        Assert.Equal(
            "Invalid credential date \"20261122\". This date is not the same as X-Amz-Date: \"20261123\".",
            Verification.Of(query).Refused("AuthorizationQueryParametersError").Message);
    }

    [Theory]
    [InlineData("20261323")]
    [InlineData("2026112")]
    [InlineData("32234Z34")]
    [InlineData("")]
    public void A_day_that_is_none_is_refused(string day)
    {
        Verification.Of(new SignerV4 { Day = day }.SignHeader(new TestRequest())).Refused("AuthorizationHeaderMalformed");
        Verification.Of(new SignerV4 { Day = day }.SignQuery(new TestRequest())).Refused("AuthorizationQueryParametersError");
    }

    [Theory]
    [InlineData("eu-west-1")]
    [InlineData("US-EAST-1")]
    [InlineData("us-east-1 ")]
    [InlineData("")]
    public void Another_region_is_told_the_right_one(string region)
    {
        var header = Verification.Of(new SignerV4 { Region = region }.SignHeader(new TestRequest()));
        Assert.Equal(
            $"The authorization header is malformed; the region \"{region}\" is wrong; expecting \"us-east-1\"",
            header.Refused("AuthorizationHeaderMalformed").Message);
        Assert.Equal("us-east-1", header.Detail("Region"));
        var query = Verification.Of(new SignerV4 { Region = region }.SignQuery(new TestRequest()));
        query.Refused("AuthorizationQueryParametersError");
        Assert.Equal("us-east-1", query.Detail("Region"));
    }

    [Fact]
    public void Another_service_or_end_of_scope_is_refused()
    {
        SignerV4[] signers = [new() { Service = "ec2" }, new() { Service = "" }, new() { Terminator = "aws5_request" }, new() { Terminator = "" }];
        foreach (var signer in signers)
        {
            Verification.Of(signer.SignHeader(new TestRequest())).Refused("AuthorizationHeaderMalformed");
            Verification.Of(signer.SignQuery(new TestRequest())).Refused("AuthorizationQueryParametersError");
        }
    }

    private static TestRequest WithHttpDate(DateTimeOffset date)
    {
        var request = new TestRequest()
            .With("Date", date.ToString("r", CultureInfo.InvariantCulture))
            .With("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
        return new SignerV4 { Date = date }.SignHeaderAsItStands(request, "UNSIGNED-PAYLOAD");
    }
}
