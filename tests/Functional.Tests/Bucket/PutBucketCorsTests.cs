using System.Net;
using Amazon.S3.Model;

namespace S3Cassandra.Functional.Tests.Bucket;

public class PutBucketCorsTests(ServerFixture fixture)
{
    private const string Origin = "<AllowedOrigin>*</AllowedOrigin>";
    private const string Method = "<AllowedMethod>GET</AllowedMethod>";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rules_come_back_and_go()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        (await fixture.Raw.GetAsync(bucket, null, Token, "cors")).IsError(HttpStatusCode.NotFound, "NoSuchCORSConfiguration");
        var rule = new CORSRule
        {
            Id = "one",
            AllowedOrigins = ["https://*.example.com", "http://other"],
            AllowedMethods = ["GET", "PUT"],
            AllowedHeaders = ["x-amz-*"],
            ExposeHeaders = ["ETag"],
            MaxAgeSeconds = 30,
        };
        var other = new CORSRule { AllowedOrigins = ["*"], AllowedMethods = ["HEAD"] };
        await fixture.Aws.PutCORSConfigurationAsync(
            new() { BucketName = bucket, Configuration = new() { Rules = [rule, other] } }, Token);
        var rules = (await fixture.Aws.GetCORSConfigurationAsync(bucket, Token)).Configuration.Rules;
        Assert.Equal(2, rules.Count);
        Assert.Equal(("one", 30), (rules[0].Id, rules[0].MaxAgeSeconds));
        Assert.Equal(rule.AllowedOrigins, rules[0].AllowedOrigins);
        Assert.Equal(rule.AllowedMethods, rules[0].AllowedMethods);
        Assert.Equal(rule.AllowedHeaders, rules[0].AllowedHeaders);
        Assert.Equal(rule.ExposeHeaders, rules[0].ExposeHeaders);
        Assert.Null(rules[1].Id);
        Assert.Equal(HttpStatusCode.NoContent, (await fixture.Raw.DeleteQueryAsync(bucket, "cors", Token)).Status);
        (await fixture.Raw.GetAsync(bucket, null, Token, "cors")).IsError(HttpStatusCode.NotFound, "NoSuchCORSConfiguration");
    }

    [Theory]
    [InlineData(Origin + Method, null, null)]
    [InlineData(Origin, "MalformedXML", null)]
    [InlineData(Method, "MalformedXML", null)]
    [InlineData(Origin + Method + "<Other/>", "MalformedXML", null)]
    [InlineData(Origin + Method + "<ID>a</ID><ID>b</ID>", "MalformedXML", null)]
    [InlineData(Origin + Method + "<MaxAgeSeconds>x</MaxAgeSeconds>", "MalformedXML", null)]
    [InlineData(
        Origin + "<AllowedMethod>PATCH</AllowedMethod>",
        "InvalidRequest",
        "Found unsupported HTTP method in CORS config. Unsupported method is PATCH")]
    [InlineData(
        Origin + "<AllowedMethod>get</AllowedMethod>",
        "InvalidRequest",
        "Found unsupported HTTP method in CORS config. Unsupported method is get")]
    [InlineData(
        "<AllowedOrigin>*a*</AllowedOrigin>" + Method,
        "InvalidRequest",
        "AllowedOrigin \"*a*\" can not have more than one wildcard.")]
    [InlineData(
        Origin + Method + "<AllowedHeader>**</AllowedHeader>",
        "InvalidRequest",
        "AllowedHeader \"**\" can not have more than one wildcard.")]
    [InlineData(
        Origin + Method + "<AllowedHeader>a b</AllowedHeader>",
        "InvalidRequest",
        "AllowedHeader \"a b\" contains invalid character.")]
    [InlineData(Origin + Method + "<ExposeHeader>a&#xD;&#xA;b</ExposeHeader>", "InvalidRequest", null)]
    [InlineData(Origin + Method + "<ExposeHeader>a b</ExposeHeader>", "InvalidRequest", "AllowedHeader \"a b\" contains invalid character.")]
    [InlineData(
        Origin + Method + "<ExposeHeader>x-*</ExposeHeader>",
        "InvalidRequest",
        "ExposeHeader \"x-*\" contains wildcard. We currently do not support wildcard for ExposeHeader.")]
    public Task Rules_are_checked(string rule, string? code, string? message) => CheckAsync($"<CORSRule>{rule}</CORSRule>", code, message);

    [Theory]
    [InlineData(0, "MalformedXML")]
    [InlineData(100, null)]
    [InlineData(101, "MalformedXML")]
    public Task There_are_a_hundred_rules_at_most(int count, string? code) =>
        CheckAsync(string.Concat(Enumerable.Repeat($"<CORSRule>{Origin}{Method}</CORSRule>", count)), code, null);

    [Fact]
    public Task A_document_is_limited() =>
        CheckAsync($"<CORSRule>{Origin}{Method}<ID>{new string('x', 70_000)}</ID></CORSRule>", "MaxMessageLengthExceeded", null);

    private async Task CheckAsync(string rules, string? code, string? message)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        var response = await fixture.Raw.PutDocumentAsync(bucket, "cors", $"<CORSConfiguration>{rules}</CORSConfiguration>", Token);
        if (code is null)
        {
            Assert.Equal(HttpStatusCode.OK, response.Status);
            return;
        }

        var error = response.IsError(HttpStatusCode.BadRequest, code);
        if (message is not null)
        {
            Assert.Equal(message, error.Element("Message")!.Value);
        }
    }
}
