using System.Net;

namespace S3Cassandra.Functional.Tests.Bucket;

public class CreateBucketTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bucket_is_made_and_made_again_by_its_owner()
    {
        var bucket = $"create-{Guid.NewGuid():n}";
        for (var i = 0; i < 2; i++)
        {
            var response = await fixture.Raw.PutAsync(bucket, null, [], Token);
            Assert.Equal(HttpStatusCode.OK, response.Status);
            Assert.Equal("/" + bucket, response.Headers["Location"]);
        }
    }

    [Theory]
    [InlineData("Aa-upper")]
    [InlineData("aa")]
    [InlineData("under_score")]
    [InlineData("1.2.3.4")]
    [InlineData("dot..dot")]
    [InlineData("xn--name")]
    public async Task Names_that_break_the_rules_are_refused(string bucket) =>
        (await fixture.Raw.PutAsync(bucket, null, [], Token)).IsError(HttpStatusCode.BadRequest, "InvalidBucketName");

    [Theory]
    [InlineData("<LocationConstraint>us-east-1</LocationConstraint>", 400, "InvalidLocationConstraint")]
    [InlineData("<LocationConstraint>eu-west-1</LocationConstraint>", 400, "InvalidLocationConstraint")]
    [InlineData("<LocationConstraint/>", 200, null)]
    [InlineData("", 200, null)]
    [InlineData("<Bucket><Type>Directory</Type></Bucket>", 501, "NotImplemented")]
    [InlineData("<Tags><Tag><Key>aws:x</Key><Value/></Tag></Tags>", 400, "InvalidTag")]
    [InlineData("<Tags><Tag><Key>a</Key><Value>1</Value></Tag><Tag><Key>a</Key><Value>2</Value></Tag></Tags>", 400, "InvalidTag")]
    public async Task The_document_is_checked(string inner, int status, string? code)
    {
        var document = $"<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{inner}</CreateBucketConfiguration>";
        var response = await fixture.Raw.PutDocumentAsync($"create-{Guid.NewGuid():n}", "", document, Token);
        Assert.Equal((HttpStatusCode)status, response.Status);
        if (code is not null)
        {
            response.IsError((HttpStatusCode)status, code);
        }
    }

    [Theory]
    [InlineData("<CreateBucketConfiguration>")]
    [InlineData("<Other/>")]
    [InlineData("no xml")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><CreateBucketConfiguration>&b;</CreateBucketConfiguration>")]
    public async Task What_is_no_such_document_is_malformed(string document) =>
        (await fixture.Raw.PutDocumentAsync($"create-{Guid.NewGuid():n}", "", document, Token))
            .IsError(HttpStatusCode.BadRequest, "MalformedXML");

    [Theory]
    [InlineData("x-amz-acl", "private", null)]
    [InlineData("x-amz-acl", "public-read", "InvalidBucketAclWithObjectOwnership")]
    [InlineData("x-amz-acl", "aws-exec-read", "NotImplemented")]
    [InlineData("x-amz-acl", "nonsense", "InvalidArgument")]
    [InlineData("x-amz-grant-read", "id=x", "InvalidBucketAclWithObjectOwnership")]
    [InlineData("x-amz-bucket-object-lock-enabled", "false", null)]
    [InlineData("x-amz-bucket-object-lock-enabled", "true", "NotImplemented")]
    [InlineData("x-amz-object-ownership", "BucketOwnerEnforced", null)]
    [InlineData("x-amz-object-ownership", "ObjectWriter", null)]
    [InlineData("x-amz-object-ownership", "nonsense", "InvalidArgument")]
    public async Task No_header_that_asks_for_something_is_ignored(string name, string value, string? code)
    {
        var response = await fixture.Raw.PutAsync($"create-{Guid.NewGuid():n}", null, [], Token, (name, value));
        if (code is null)
        {
            Assert.Equal(HttpStatusCode.OK, response.Status);
        }
        else
        {
            response.IsError(code == "NotImplemented" ? HttpStatusCode.NotImplemented : HttpStatusCode.BadRequest, code);
        }
    }

    [Fact]
    public async Task Tags_of_the_document_are_the_buckets()
    {
        var bucket = $"create-{Guid.NewGuid():n}";
        const string Tags = "<Tags><Tag><Key>a</Key><Value>b</Value></Tag></Tags>";
        const string Document = $"<CreateBucketConfiguration>{Tags}</CreateBucketConfiguration>";
        Assert.Equal(HttpStatusCode.OK, (await fixture.Raw.PutDocumentAsync(bucket, "", Document, Token)).Status);
        var tags = (await fixture.Raw.GetAsync(bucket, null, Token, "tagging")).Document("Tagging");
        Assert.Equal(["a"], tags.All("Key"));
    }
}
