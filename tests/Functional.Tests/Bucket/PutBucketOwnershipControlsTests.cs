using System.Net;

namespace S3Cassandra.Functional.Tests.Bucket;

public class PutBucketOwnershipControlsTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("BucketOwnerEnforced")]
    [InlineData("BucketOwnerPreferred")]
    [InlineData("ObjectWriter")]
    public async Task A_setting_comes_back_and_goes(string ownership)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        Assert.Equal(["BucketOwnerEnforced"], await OwnershipAsync(bucket));
        Assert.True((await fixture.Raw.PutDocumentAsync(bucket, "ownershipControls", Document(ownership), Token)).IsSuccess);
        Assert.Equal([ownership], await OwnershipAsync(bucket));
        Assert.Equal(HttpStatusCode.NoContent, (await fixture.Raw.DeleteQueryAsync(bucket, "ownershipControls", Token)).Status);
        (await fixture.Raw.GetAsync(bucket, null, Token, "ownershipControls")).IsError(HttpStatusCode.NotFound, "OwnershipControlsNotFoundError");
    }

    [Theory]
    [InlineData("BucketOwnerPreferred")]
    [InlineData("ObjectWriter")]
    [InlineData("BucketOwnerEnforced")]
    public async Task A_bucket_is_made_with_a_setting(string ownership)
    {
        var bucket = $"owner-{Guid.NewGuid():n}";
        Assert.True((await fixture.Raw.PutAsync(bucket, null, [], Token, ("x-amz-object-ownership", ownership))).IsSuccess);
        Assert.Equal([ownership], await OwnershipAsync(bucket));
    }

    [Theory]
    [InlineData("<OwnershipControls><Rule><ObjectOwnership>Nobody</ObjectOwnership></Rule></OwnershipControls>")]
    [InlineData("<OwnershipControls/>")]
    [InlineData("<OwnershipControls><Rule/></OwnershipControls>")]
    [InlineData("<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>")]
    [InlineData("<Other/>")]
    public async Task What_is_no_setting_is_malformed(string document)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        (await fixture.Raw.PutDocumentAsync(bucket, "ownershipControls", document, Token)).IsError(HttpStatusCode.BadRequest, "MalformedXML");
    }

    [Fact]
    public async Task Lists_that_give_to_others_have_to_go_before_the_owner_owns_everything()
    {
        var bucket = $"owner-{Guid.NewGuid():n}";
        Assert.True((await fixture.Raw.PutAsync(bucket, null, [], Token, ("x-amz-object-ownership", "ObjectWriter"), ("x-amz-acl", "public-read"))).IsSuccess);
        (await fixture.Raw.PutDocumentAsync(bucket, "ownershipControls", Document("BucketOwnerEnforced"), Token))
            .IsError(HttpStatusCode.BadRequest, "InvalidBucketAclWithObjectOwnership");
        Assert.Equal(["ObjectWriter"], await OwnershipAsync(bucket));
        Assert.True((await fixture.Raw.SendAsync(HttpMethod.Put, bucket, null, "acl", [], [("x-amz-acl", "private")], Token)).IsSuccess);
        Assert.True((await fixture.Raw.PutDocumentAsync(bucket, "ownershipControls", Document("BucketOwnerEnforced"), Token)).IsSuccess);
    }

    [Fact]
    public async Task Objects_lists_mean_nothing_once_the_owner_owns_everything_and_something_again_after()
    {
        var bucket = $"owner-{Guid.NewGuid():n}";
        await fixture.Raw.PutAsync(bucket, null, [], Token, ("x-amz-object-ownership", "ObjectWriter"));
        Assert.True((await fixture.Raw.PutAsync(bucket, "k", "text"u8.ToArray(), Token, ("x-amz-acl", "public-read"))).IsSuccess);
        Assert.Equal("text", (await fixture.Server.AnonymousAsync(HttpMethod.Get, $"/{bucket}/k", Token)).Text);
        await fixture.Raw.PutDocumentAsync(bucket, "ownershipControls", Document("BucketOwnerEnforced"), Token);
        (await fixture.Server.AnonymousAsync(HttpMethod.Get, $"/{bucket}/k", Token)).IsError(HttpStatusCode.Forbidden, "AccessDenied");
        Assert.Equal(["FULL_CONTROL"], (await fixture.Raw.GetAsync(bucket, "k", Token, "acl")).Document("AccessControlPolicy").All("Permission"));
        await fixture.Raw.DeleteQueryAsync(bucket, "ownershipControls", Token);
        Assert.Equal("text", (await fixture.Server.AnonymousAsync(HttpMethod.Get, $"/{bucket}/k", Token)).Text);
    }

    private static string Document(string ownership) =>
        $"<OwnershipControls><Rule><ObjectOwnership>{ownership}</ObjectOwnership></Rule></OwnershipControls>";

    private async Task<string[]> OwnershipAsync(string bucket) =>
        (await fixture.Raw.GetAsync(bucket, null, Token, "ownershipControls")).Document("OwnershipControls").All("ObjectOwnership");
}
