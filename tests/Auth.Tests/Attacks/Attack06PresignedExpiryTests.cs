using S3Cassandra.Auth.Tests.Support;

namespace S3Cassandra.Auth.Tests.Attacks;

/// <summary>Attack 6: how long a URL is valid, to the second.</summary>
public sealed class Attack06PresignedExpiryTests
{
    [Theory]
    [InlineData("0", "X-Amz-Expires must be at least 1 second")]
    [InlineData("-1", "X-Amz-Expires must be non-negative")]
    [InlineData("-3", "X-Amz-Expires must be non-negative")]
    [InlineData("604801", "X-Amz-Expires must be less than a week")]
    [InlineData("60580000", "X-Amz-Expires must be less than a week")]
    [InlineData("9223372036854775808", "X-Amz-Expires must be less than a week")]
    [InlineData("99999999999999999999999999999999", "X-Amz-Expires must be less than a week")]
    [InlineData("", "X-Amz-Expires should be a number")]
    [InlineData("-", "X-Amz-Expires should be a number")]
    [InlineData("+5", "X-Amz-Expires should be a number")]
    [InlineData(" 5", "X-Amz-Expires should be a number")]
    [InlineData("5.0", "X-Amz-Expires should be a number")]
    [InlineData("1e3", "X-Amz-Expires should be a number")]
    [InlineData("0x10", "X-Amz-Expires should be a number")]
    [InlineData("٥", "X-Amz-Expires should be a number")]
    [InlineData("invalid_value", "X-Amz-Expires should be a number")]
    public void A_lifetime_outside_1_to_604800_is_refused(string expires, string message)
    {
        var failure = Verification.Of(new SignerV4().SignQuery(new TestRequest(), expires)).Refused("AuthorizationQueryParametersError");
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3600)]
    [InlineData(604800)]
    public void A_url_ends_after_its_last_second(int expires)
    {
        var text = expires.ToString(System.Globalization.CultureInfo.InvariantCulture);
        TestRequest At(double seconds)
        {
            var request = new SignerV4().SignQuery(new TestRequest(), text);
            request.Now = TestRequest.Noon.AddSeconds(seconds);
            return request;
        }

        Verification.Of(At(expires - 1)).Holds();
        Verification.Of(At(expires)).Holds();
        var late = Verification.Of(At(expires + 1));
        Assert.Equal("Request has expired.", late.Refused("AccessDenied").Message);
        Assert.Equal(text, late.Detail("X-Amz-Expires"));
        Assert.NotNull(late.Detail("Expires"));
        Assert.NotNull(late.Detail("ServerTime"));
    }

    [Theory]
    [InlineData(899, true)]
    [InlineData(900, true)]
    [InlineData(901, false)]
    [InlineData(86400, false)]
    public void A_url_of_the_future_is_not_valid_yet(int seconds, bool isValid)
    {
        var request = new SignerV4 { Date = TestRequest.Noon.AddSeconds(seconds) }.SignQuery(new TestRequest());
        var verification = Verification.Of(request);
        if (isValid)
        {
            verification.Holds();
        }
        else
        {
            Assert.Equal("Request is not yet valid", verification.Refused("AccessDenied").Message);
        }
    }

    [Theory]
    [InlineData("X-Amz-Algorithm")]
    [InlineData("X-Amz-Credential")]
    [InlineData("X-Amz-Date")]
    [InlineData("X-Amz-Expires")]
    [InlineData("X-Amz-SignedHeaders")]
    [InlineData("X-Amz-Signature")]
    public void Every_parameter_is_required(string name)
    {
        var request = new SignerV4().SignQuery(new TestRequest());
        request.Query = string.Join('&', request.Query.Split('&').Where(pair => !pair.StartsWith(name + "=", StringComparison.Ordinal)));
        var failure = Verification.Of(request).Refused("AuthorizationQueryParametersError");
        Assert.StartsWith("Query-string authentication version 4 requires the X-Amz-Algorithm", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS4-SHA256", "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256\"")]
    [InlineData("AWS4-ECDSA-P256-SHA256", "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"")]
    public void Other_algorithms_are_refused(string algorithm, string message)
    {
        var request = new SignerV4().SignQuery(new TestRequest());
        request.Query = request.Query.Replace("=AWS4-HMAC-SHA256", "=" + algorithm, StringComparison.Ordinal);
        Assert.Equal(message, Verification.Of(request).Refused("AuthorizationQueryParametersError").Message);
    }

    [Theory]
    [InlineData("X-Amz-Date=20261123T120000Z", "X-Amz-Date=20261123")]
    [InlineData("X-Amz-Date=20261123T120000Z", "X-Amz-Date=Mon%2C%2023%20Nov%202026%2012%3A00%3A00%20GMT")]
    [InlineData("X-Amz-Date=20261123T120000Z", "X-Amz-Date=")]
    public void A_date_has_one_form(string from, string to)
    {
        var request = new SignerV4().SignQuery(new TestRequest());
        request.Query = request.Query.Replace(from, to, StringComparison.Ordinal);
        Verification.Of(request).Refused("AuthorizationQueryParametersError");
    }

    [Fact]
    public void A_v2_url_ends_after_its_last_second()
    {
        var expires = TestRequest.Noon.ToUnixTimeSeconds();
        Verification.Of(new SignerV2().SignQuery(new TestRequest(), expires)).Holds();
        Verification.Of(new SignerV2().SignQuery(new TestRequest(), expires + 1)).Holds();
        Assert.Equal(
            "Request has expired.",
            Verification.Of(new SignerV2().SignQuery(new TestRequest(), expires - 1)).Refused("AccessDenied").Message);
        Verification.Of(new SignerV2().SignQuery(new TestRequest(), 0)).Refused("AccessDenied");
        Verification.Of(new SignerV2().SignQuery(new TestRequest(), -1)).Refused("AccessDenied");
        Verification.Of(new SignerV2().SignQuery(new TestRequest(), long.MinValue)).Refused("AccessDenied");
        Verification.Of(new SignerV2().SignQuery(new TestRequest(), long.MaxValue)).Holds();
    }

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("")]
    [InlineData("99999999999999999999")]
    [InlineData("1e10")]
    public void A_v2_url_whose_end_is_no_number_is_refused(string expires)
    {
        var request = new TestRequest { Query = $"AWSAccessKeyId={Keys.Id}&Expires={expires}&Signature=AAAAAAAAAAAAAAAAAAAAAAAAAAA%3D" };
        Verification.Of(request).Refused("AccessDenied");
    }

    [Theory]
    [InlineData("AWSAccessKeyId=a")]
    [InlineData("Signature=b")]
    [InlineData("AWSAccessKeyId=a&Signature=b")]
    [InlineData("AWSAccessKeyId=a&Expires=9999999999")]
    [InlineData("Signature=b&Expires=9999999999")]
    [InlineData("AWSAccessKeyId=&Signature=b&Expires=9999999999")]
    public void Every_v2_parameter_is_required(string query) =>
        Verification.Of(new TestRequest { Query = query }).Refused("AccessDenied");
}
