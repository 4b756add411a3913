using S3Cassandra.S3Server.Errors;
using S3Cassandra.S3Server.Http;

namespace S3Cassandra.S3Server.Tests.Http;

public class RequestTargetParserTests
{
    private static readonly RequestTargetParser Parser = new(["s3.example.com", "eu.s3.example.com", "LOCAL"]);

    [Theory]
    [InlineData("/", "Service", "", "")]
    [InlineData("/?x=1", "Service", "", "")]
    [InlineData("/b", "Bucket", "b", "")]
    [InlineData("/b/", "Bucket", "b", "")]
    [InlineData("/b?acl", "Bucket", "b", "")]
    [InlineData("/b/k", "Object", "b", "k")]
    [InlineData("/b//", "Object", "b", "/")]
    [InlineData("/b//k//", "Object", "b", "/k//")]
    [InlineData("//k", "Object", "", "k")]
    [InlineData("/b/.", "Object", "b", ".")]
    [InlineData("/b/..", "Object", "b", "..")]
    [InlineData("/b/../c/./d//e", "Object", "b", "../c/./d//e")]
    [InlineData("/b/%2e%2e/c", "Object", "b", "../c")]
    [InlineData("/b/a%2Fb", "Object", "b", "a/b")]
    [InlineData("/b/a%252e", "Object", "b", "a%2e")]
    [InlineData("/b/a\\b", "Object", "b", "a\\b")]
    [InlineData("/b/a+b", "Object", "b", "a+b")]
    [InlineData("/b/a%20b", "Object", "b", "a b")]
    [InlineData("/b/a;b#c", "Object", "b", "a;b#c")]
    [InlineData("/b/%C3%A9", "Object", "b", "é")]
    [InlineData("/b/%F0%9F%90%98", "Object", "b", "🐘")]
    [InlineData("/b/%01%7f", "Object", "b", "\u0001\u007f")]
    [InlineData("/%62/k", "Object", "b", "k")]
    [InlineData("/b/k?", "Object", "b", "k")]
    public void A_path_is_taken_apart_and_nothing_is_normalised(string raw, string kind, string bucket, string key)
    {
        var target = Parser.Parse(raw, "127.0.0.1:9000");
        Assert.Equal(kind, target.Kind.ToString());
        Assert.Equal(bucket, target.Bucket);
        Assert.Equal(key, target.Key.ToString());
        Assert.False(target.IsVirtualHosted);
    }

    [Theory]
    [InlineData("b.s3.example.com", "/", "Bucket", "b", "")]
    [InlineData("b.s3.example.com:9000", "/k", "Object", "b", "k")]
    [InlineData("B.S3.Example.COM", "/k/l", "Object", "b", "k/l")]
    [InlineData("a.b.s3.example.com", "//k", "Object", "a.b", "/k")]
    [InlineData("b.eu.s3.example.com", "/k", "Object", "b", "k")]
    [InlineData("b.local", "/?list-type=2", "Bucket", "b", "")]
    public void An_authority_under_a_domain_names_the_bucket(string host, string raw, string kind, string bucket, string key)
    {
        var target = Parser.Parse(raw, host);
        Assert.True(target.IsVirtualHosted);
        Assert.Equal((kind, bucket, key), (target.Kind.ToString(), target.Bucket, target.Key.ToString()));
    }

    [Theory]
    [InlineData("s3.example.com")]
    [InlineData("eu.s3.example.com:80")]
    [InlineData("other.example.org")]
    [InlineData("s3.example.com.evil.org")]
    [InlineData("[::1]:9000")]
    [InlineData("xs3.example.com")]
    [InlineData(".s3.example.com")]
    [InlineData("")]
    public void An_authority_under_no_domain_is_path_style(string host)
    {
        var target = Parser.Parse("/b/k", host);
        Assert.False(target.IsVirtualHosted);
        Assert.Equal("b", target.Bucket);
        Assert.Equal("k", target.Key.ToString());
    }

    [Theory]
    [InlineData("http://127.0.0.1:9000/b/k?x=y", "127.0.0.1:9000", "/b/k", "x=y", "b", "k")]
    [InlineData("HTTP://b.s3.example.com/k", "b.s3.example.com", "/k", "", "b", "k")]
    [InlineData("https://b.s3.example.com:443/../k", "b.s3.example.com:443", "/../k", "", "b", "../k")]
    [InlineData("http://s3.example.com/b/k%2Fl\\m", "s3.example.com", "/b/k%2Fl\\m", "", "b", "k/l\\m")]
    [InlineData("http://b.s3.example.com?acl", "b.s3.example.com", "/", "acl", "b", "")]
    public void The_authority_of_an_absolute_form_stands_for_Host(
        string raw, string host, string path, string query, string bucket, string key)
    {
        var target = Parser.Parse(raw, "proxy:3128");
        Assert.Equal((host, path, query), (target.Host, target.RawPath, target.RawQuery));
        Assert.Equal((bucket, key), (target.Bucket, target.Key.ToString()));
    }

    [Theory]
    [InlineData("/b/%zz")]
    [InlineData("/b/%")]
    [InlineData("/b/%2")]
    [InlineData("/%ff/k")]
    [InlineData("/b/%ff%fe")]
    [InlineData("/b/%c0%af")]
    [InlineData("/b/%ed%a0%80")]
    [InlineData("/b/k?a=%ff")]
    [InlineData("/b/k?%=1")]
    [InlineData("*")]
    [InlineData("b/k")]
    [InlineData("ftp://h/b")]
    [InlineData("http://")]
    [InlineData("http://user@h/b")]
    [InlineData("http://h\\x/b")]
    public void What_is_no_target_is_InvalidURI(string raw) =>
        Assert.Equal(S3Errors.InvalidURI, Assert.Throws<S3Exception>(() => Parser.Parse(raw, "h")).Error);

    [Fact]
    public void A_key_has_1024_bytes_and_not_one_more()
    {
        var longest = string.Concat(Enumerable.Repeat("%C3%A9", 512));
        Assert.Equal(1024, Parser.Parse("/b/" + longest, "h").Key.Length);
        Assert.Equal(S3Errors.KeyTooLongError, Assert.Throws<S3Exception>(() => Parser.Parse($"/b/{longest}a", "h")).Error);
    }

    [Fact]
    public void A_query_is_decoded_once_in_order()
    {
        var query = Parser.Parse("/b?a=1&&b&c=&d=x%2By+z&a=2&e=%252f&=v", "h").Query;
        Assert.Equal(
            ["a=1", "b=", "c=", "d=x+y z", "a=2", "e=%2f", "=v"],
            query.All.Select(parameter => $"{parameter.Key}={parameter.Value}"));
        Assert.Equal("1", query.Get("a"));
        Assert.False(query.Has("A"));
    }
}
