using FsCheck;
using FsCheck.Fluent;
using S3Cassandra.Auth.Tests.Support;

namespace S3Cassandra.Auth.Tests.Attacks;

/// <summary>Attack 7: one canonical form, which clients and servers reach from different spellings.</summary>
public sealed class Attack07CanonicalisationTests
{
    [Theory]
    [InlineData("/bucket/a%20b", "/bucket/a b")]
    [InlineData("/bucket/%7e%41", "/bucket/~A")]
    [InlineData("/bucket/a%2fb", "/bucket/a/b")]
    [InlineData("/bucket/%c3%a9", "/bucket/%C3%A9")]
    [InlineData("/bucket/(1)'!*", "/bucket/%281%29%27%21%2A")]
    [InlineData("/bucket/a+b", "/bucket/a%2Bb")]
    [InlineData("/bucket/a:b@c=d&e$f,g;h", "/bucket/a%3Ab%40c%3Dd%26e%24f%2Cg%3Bh")]
    [InlineData("/bucket/100%", "/bucket/100%25")]
    [InlineData("/bucket/%zz", "/bucket/%25zz")]
    [InlineData("/bucket/é", "/bucket/%C3%A9")]
    [InlineData("/bucket/😀", "/bucket/%F0%9F%98%80")]
    [InlineData("/bucket/%ff%00", "/bucket/%FF%00")]
    public void A_path_in_another_encoding_is_the_same_path(string sent, string signed)
    {
        var request = new SignerV4().SignHeader(new TestRequest { Path = signed });
        request.Path = sent;
        Verification.Of(request).Holds();
    }

    [Theory]
    [InlineData("/bucket//key", "/bucket/key")]
    [InlineData("/bucket/./key", "/bucket/key")]
    [InlineData("/bucket/a/../key", "/bucket/key")]
    [InlineData("/bucket/key/", "/bucket/key")]
    [InlineData("/bucket/%2e%2e/key", "/key")]
    [InlineData("/bucket/a%2520b", "/bucket/a%20b")]
    [InlineData("/bucket/a+b", "/bucket/a%20b")]
    [InlineData("/bucket/KEY", "/bucket/key")]
    [InlineData("//bucket/key", "/bucket/key")]
    public void Another_path_is_another_path(string sent, string signed)
    {
        var request = new SignerV4().SignHeader(new TestRequest { Path = signed });
        request.Path = sent;
        Verification.Of(request).Refused("SignatureDoesNotMatch");
        Verification.Of(new SignerV4().SignHeader(new TestRequest { Path = sent })).Holds();
    }

    [Theory]
    [InlineData("b=2&a=1", "a=1&b=2")]
    [InlineData("a=2&a=1", "a=1&a=2")]
    [InlineData("a", "a=")]
    [InlineData("&a=1&&", "a=1")]
    [InlineData("a=x+y", "a=x%20y")]
    [InlineData("a=x%2by", "a=x%2By")]
    [InlineData("a=%7e", "a=~")]
    [InlineData("a=/", "a=%2F")]
    [InlineData("a=b=c", "a=b%3Dc")]
    [InlineData("a=%zz", "a=%25zz")]
    [InlineData("a=é", "a=%C3%A9")]
    [InlineData("%61=1", "a=1")]
    [InlineData("A=1&a=2&B=3", "a=2&B=3&A=1")]
    [InlineData("a=&a=1&a", "a&a=&a=1")]
    [InlineData("=x", "=x")]
    public void A_query_in_another_order_or_encoding_is_the_same_query(string sent, string signed)
    {
        var request = new SignerV4().SignHeader(new TestRequest { Query = signed });
        request.Query = sent;
        Verification.Of(request).Holds();
    }

    [Theory]
    [InlineData("a=x%2By", "a=x+y")]
    [InlineData("a=1", "a=1&a=1")]
    [InlineData("a=1&a=1", "a=1")]
    [InlineData("a=%2541", "a=A")]
    [InlineData("A=1", "a=1")]
    [InlineData("a=1&b", "a=1")]
    [InlineData("ab=c", "a=bc")]
    [InlineData("a=b%26c=d", "a=b&c=d")]
    [InlineData("a%3Db", "a=b")]
    public void Another_query_is_another_query(string sent, string signed)
    {
        var request = new SignerV4().SignHeader(new TestRequest { Query = signed });
        request.Query = sent;
        Verification.Of(request).Refused("SignatureDoesNotMatch");
    }

    [Theory]
    [InlineData("  a  ", "a")]
    [InlineData("a   b  c", "a b c")]
    [InlineData("a\tb", "a b")]
    [InlineData("a \t b", "a b")]
    [InlineData("\"a   b\"", "\"a b\"")]
    [InlineData("", "  ")]
    public void White_space_in_a_header_is_folded(string sent, string signed)
    {
        var request = new SignerV4().SignHeader(new TestRequest().With("x-amz-meta-a", signed));
        request.Headers["x-amz-meta-a"] = sent;
        Verification.Of(request).Holds();
    }

    [Fact]
    public void Repeated_headers_are_joined_in_their_order()
    {
        var request = new SignerV4().SignHeader(new TestRequest().With("x-amz-meta-a", "1").With("X-Amz-Meta-A", " 2  3 "));
        Verification.Of(request.Copy()).Holds();

        var joined = request.Copy();
        joined.Headers["x-amz-meta-a"] = "1,2 3";
        Verification.Of(joined).Holds();

        var swapped = request.Copy();
        swapped.Headers["x-amz-meta-a"] = "2 3";
        swapped.Headers.Add("x-amz-meta-a", "1");
        Verification.Of(swapped).Refused("SignatureDoesNotMatch");
    }

    [Fact]
    public void A_header_s_name_has_no_case_and_its_value_may_be_utf_8()
    {
        var request = new SignerV4().SignHeader(new TestRequest().With("X-AMZ-Meta-É", "schön ∞"));
        Verification.Of(request).Holds();
    }

    [Fact]
    public void The_longest_requests_verify()
    {
        var key = string.Concat(Enumerable.Repeat("%C3%A9", 512));
        var query = string.Join('&', Enumerable.Range(0, 500).Select(number => $"p{number % 7}={number}"));
        var request = new TestRequest { Path = "/bucket/" + key, Query = query };
        for (var i = 0; i < 100; i++)
        {
            request.Headers.Add($"x-amz-meta-{i}", new string('v', 200));
        }

        Verification.Of(new SignerV4().SignHeader(request)).Holds();
    }

    [Fact]
    public void Any_request_verifies_and_no_altered_one_does()
    {
        var text = ArbMap.Default.ArbFor<NonNull<string>>().Generator.Select(value => value.Get);
        var token = Gen.Elements("a", "B", "%41", "%2f", "/", "+", "%20", "~", "%7E", "%", "é", ".", "..", "=", "*", "%c3%a9", "😀");
        var parameter = Gen.Elements("&", "&a=", "&a", "&b=1", "&A=2").Zip(token, (start, end) => start + end);
        var requests = from path in token.ListOf()
                       from query in parameter.ListOf()
                       from value in text
                       select new TestRequest { Path = "/b/" + string.Concat(path).Replace("?", "", StringComparison.Ordinal), Query = string.Concat(query) }
                           .With("x-amz-meta-v", value.Replace("\n", "", StringComparison.Ordinal));
        Prop.ForAll(requests.ToArbitrary(), Check).QuickCheckThrowOnFailure();

        static void Check(TestRequest request)
        {
            var header = new SignerV4().SignHeader(request.Copy());
            Verification.Of(header).Holds();
            var query = new SignerV4().SignQuery(request.Copy());
            Verification.Of(query).Holds();
            header.Path += "x";
            query.AppendQuery("x");
            Verification.Of(header).Refused("SignatureDoesNotMatch");
            Verification.Of(query).Refused("SignatureDoesNotMatch");
        }
    }
}
