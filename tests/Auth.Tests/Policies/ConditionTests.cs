using S3Cassandra.Auth.Policies.Conditions;
using static S3Cassandra.Auth.Tests.Policies.PolicyCase;

namespace S3Cassandra.Auth.Tests.Policies;

public sealed class ConditionTests
{
    [Theory]
    [InlineData("StringEquals", "a", "a", true)]
    [InlineData("StringEquals", "a", "A", false)]
    [InlineData("StringEquals", "a*", "ab", false)]
    [InlineData("StringNotEquals", "a", "b", true)]
    [InlineData("StringNotEquals", "a", "a", false)]
    [InlineData("StringEqualsIgnoreCase", "a", "A", true)]
    [InlineData("StringNotEqualsIgnoreCase", "a", "A", false)]
    [InlineData("StringLike", "a*c?", "abbcd", true)]
    [InlineData("StringLike", "a*c?", "abbc", false)]
    [InlineData("StringLike", "*.example.com/*.png", "www.example.com/a/b.png", true)]
    [InlineData("StringNotLike", "a*", "ab", false)]
    [InlineData("NumericEquals", "10", "10.0", true)]
    [InlineData("NumericNotEquals", "10", "11", true)]
    [InlineData("NumericLessThan", "10", "10", false)]
    [InlineData("NumericLessThanEquals", "10", "10", true)]
    [InlineData("NumericGreaterThan", "10", "11", true)]
    [InlineData("NumericGreaterThanEquals", "10", "9", false)]
    [InlineData("NumericLessThan", "10", "many", false)]
    [InlineData("DateEquals", "2026-01-01T00:00:00Z", "1767225600", true)]
    [InlineData("DateNotEquals", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", true)]
    [InlineData("DateLessThan", "2026-01-01", "2025-12-31T23:59:59Z", true)]
    [InlineData("DateLessThanEquals", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", true)]
    [InlineData("DateGreaterThan", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", false)]
    [InlineData("DateGreaterThanEquals", "1767225600", "2026-01-01T00:00:00Z", true)]
    [InlineData("Bool", "true", "True", true)]
    [InlineData("Bool", "false", "true", false)]
    [InlineData("BinaryEquals", "QmluYXJ5", "QmluYXJ5", true)]
    [InlineData("BinaryEquals", "QmluYXJ5", "qmluYXJ5", false)]
    [InlineData("IpAddress", "203.0.113.0/24", "203.0.113.9", true)]
    [InlineData("IpAddress", "203.0.113.7/24", "203.0.113.9", true)]
    [InlineData("IpAddress", "203.0.113.9", "203.0.113.8", false)]
    [InlineData("IpAddress", "2001:db8::/32", "2001:db8:1::5", true)]
    [InlineData("IpAddress", "0.0.0.0/0", "2001:db8:1::5", false)]
    [InlineData("NotIpAddress", "203.0.113.0/24", "203.0.113.9", false)]
    [InlineData("ArnLike", "arn:aws:iam::*:user/*", "arn:aws:iam::1:user/a/b:c", true)]
    [InlineData("ArnEquals", "arn:aws:iam::*:user/*", "arn:aws:iam::1:role/a", false)]
    [InlineData("ArnLike", "arn:aws:*:user/a:*:x", "arn:aws:iam::1:user/a:1:x", false)]
    [InlineData("ArnNotLike", "arn:aws:iam::1:user/*", "arn:aws:iam::2:user/a", true)]
    [InlineData("ArnNotEquals", "arn:aws:iam::1:user/*", "arn:aws:iam::1:user/a", false)]
    public void An_operator_compares(string name, string expected, string actual, bool holds) =>
        Assert.Equal(holds, Holds($$$"""{"{{{name}}}":{"x:key":"{{{expected}}}"}}""", ("x:key", actual)));

    [Theory]
    [InlineData("StringEquals", false)]
    [InlineData("StringNotEquals", true)]
    [InlineData("StringEqualsIfExists", true)]
    [InlineData("StringNotEqualsIfExists", true)]
    [InlineData("StringLike", false)]
    [InlineData("StringNotLike", true)]
    [InlineData("ForAnyValue:StringEquals", false)]
    [InlineData("ForAnyValue:StringNotEquals", false)]
    [InlineData("ForAnyValue:StringEqualsIfExists", true)]
    [InlineData("ForAllValues:StringEquals", true)]
    [InlineData("ForAllValues:StringNotEquals", true)]
    public void A_key_that_is_absent(string name, bool holds) => Assert.Equal(holds, Holds($$$"""{"{{{name}}}":{"x:key":"a"}}"""));

    [Theory]
    [InlineData("true", false, true)]
    [InlineData("false", false, false)]
    [InlineData("true", true, false)]
    [InlineData("false", true, true)]
    public void Null_asks_for_absence(string value, bool isThere, bool holds) =>
        Assert.Equal(holds, Holds($$$"""{"Null":{"x:key":"{{{value}}}"}}""", isThere ? [("x:key", "a")] : []));

    [Theory]
    [InlineData("ForAllValues:StringEquals", "a", "b", "a,b", true)]
    [InlineData("ForAllValues:StringEquals", "a", "b", "a,c", false)]
    [InlineData("ForAnyValue:StringEquals", "a", "b", "c,b", true)]
    [InlineData("ForAnyValue:StringEquals", "a", "b", "c,d", false)]
    [InlineData("ForAllValues:StringNotEquals", "a", "b", "c,d", true)]
    [InlineData("ForAllValues:StringNotEquals", "a", "b", "c,a", false)]
    [InlineData("ForAnyValue:StringNotEquals", "a", "b", "a,c", true)]
    [InlineData("ForAnyValue:StringNotEquals", "a", "b", "a,b", false)]
    [InlineData("StringEquals", "a", "b", "c,a", true)]
    [InlineData("StringNotEquals", "a", "b", "c,a", false)]
    [InlineData("StringNotEquals", "a", "b", "c,d", true)]
    public void Keys_of_several_values(string name, string first, string second, string actual, bool holds) => Assert.Equal(
        holds,
        Holds($$$"""{"{{{name}}}":{"x:key":["{{{first}}}","{{{second}}}"]}}""", [.. actual.Split(',').Select(value => ("x:key", value))]));

    [Fact]
    public void Operators_and_keys_are_all_asked_values_are_alternatives()
    {
        const string Both = """{"StringEquals":{"x:a":["1","2"],"x:b":"1"},"StringLike":{"x:c":"*"}}""";
        Assert.True(Holds(Both, ("x:a", "2"), ("x:b", "1"), ("x:c", "")));
        Assert.False(Holds(Both, ("x:a", "2"), ("x:b", "2"), ("x:c", "")));
        Assert.False(Holds(Both, ("x:a", "2"), ("x:b", "1")));
    }

    [Theory]
    [InlineData("${aws:username}", "ann", true)]
    [InlineData("${AWS:UserName}", "ann", true)]
    [InlineData("x${aws:username}*", "xann/1", true)]
    [InlineData("${aws:userid, 'none'}", "none", true)]
    [InlineData("${aws:userid,''}x", "x", true)]
    [InlineData("${aws:userid}", "", false)]
    [InlineData("${*}${?}${$}", "*?$", true)]
    [InlineData("${*}", "abc", false)]
    [InlineData("${x:star}", "abc", false)]
    [InlineData("${x:star}", "*", true)]
    [InlineData("${x:many}", "a", false)]
    public void Variables_stand_for_the_requests_values(string expected, string actual, bool holds) => Assert.Equal(
        holds,
        Holds(
            $$$"""{"StringLike":{"x:key":"{{{expected}}}"}}""",
            ("x:key", actual), ("aws:username", "ann"), ("x:star", "*"), ("x:many", "a"), ("x:many", "b")));

    [Fact]
    public void Without_version_2012_nothing_is_a_variable()
    {
        foreach (var (version, holds) in new[] { ("2008-10-17", true), ("2012-10-17", false) })
        {
            var policy = Attached(
                $$$"""{"Version":"{{{version}}}","Statement":{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::b/${aws:username}"}}""");
            Assert.Equal(holds, Decide(User, "s3:GetObject", "arn:aws:s3:::b/${aws:username}", null, new() { Identity = [policy] }, ("aws:username", "ann")).IsAllowed);
            Assert.Equal(!holds, Decide(User, "s3:GetObject", "arn:aws:s3:::b/ann", null, new() { Identity = [policy] }, ("aws:username", "ann")).IsAllowed);
        }
    }

    [Fact]
    public void Every_key_is_found_by_its_name_in_any_case()
    {
        Assert.True(ConditionKeyTable.Names.Count() > 70);
        foreach (var name in ConditionKeyTable.Names)
        {
            var key = ConditionKey.Parse(name.ToUpperInvariant()) ?? throw new InvalidOperationException(name);
            if (key.Id == ConditionKeyId.Other)
            {
                var tagged = ConditionKey.Parse(name + "/Some:key")!;
                Assert.NotEqual(ConditionKeyId.Other, tagged.Id);
                Assert.Equal("Some:key", tagged.Parameter);
            }
        }
    }

    [Fact]
    public void A_pattern_of_many_stars_is_decided_in_no_time()
    {
        var pattern = string.Concat(Enumerable.Repeat("*a?", 600));
        Assert.False(Holds($$$"""{"StringLike":{"x:key":"{{{pattern}}}b"}}""", ("x:key", new string('a', 4000))));
    }
}
