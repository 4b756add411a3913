using System.Net;
using Amazon.S3.Model;

namespace S3Cassandra.Functional.Tests.Listing;

public class ListObjectVersionsTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public async Task Every_version_is_listed_newest_first(int maxKeys)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        await PutAsync(bucket, "a");
        await PutAsync(bucket, "b");
        await fixture.Server.SetVersioningAsync(bucket, "Enabled", Token);
        var a1 = await PutAsync(bucket, "a");
        var a2 = await PutAsync(bucket, "a");
        var marker = (await fixture.Raw.DeleteAsync(bucket, "c", Token)).Headers["x-amz-version-id"];
        await fixture.Server.SetVersioningAsync(bucket, "Suspended", Token);
        await PutAsync(bucket, "d");
        string[] expected =
        [
            $"a {a2} True False", $"a {a1} False False", "a null False False",
            "b null True False", $"c {marker} True True", "d null True False",
        ];
        Assert.Equal(expected, await WalkAsync(bucket, Request()));
        Assert.Equal(expected[3..], await WalkAsync(bucket, Request("a")));
        Assert.Equal(expected[2..], await WalkAsync(bucket, Request("a", a1)));

        ListVersionsRequest Request(string? key = null, string? version = null) =>
            new() { BucketName = bucket, MaxKeys = maxKeys, KeyMarker = key, VersionIdMarker = version };
    }

    [Fact]
    public async Task An_overwritten_null_version_is_listed_once()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token, versioned: true);
        var first = await PutAsync(bucket, "a");
        await fixture.Server.SetVersioningAsync(bucket, "Suspended", Token);
        await PutAsync(bucket, "a");
        await PutAsync(bucket, "a");
        var listed = await WalkAsync(bucket, new ListVersionsRequest { BucketName = bucket });
        Assert.Equal(["a null True False", $"a {first} False False"], listed);
        await fixture.Raw.DeleteAsync(bucket, "a", Token);
        listed = await WalkAsync(bucket, new ListVersionsRequest { BucketName = bucket });
        Assert.Equal(["a null True True", $"a {first} False False"], listed);
    }

    [Fact]
    public async Task Keys_are_rolled_up()
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token, versioned: true);
        await PutAsync(bucket, "p/a");
        await PutAsync(bucket, "p/a");
        await fixture.Raw.DeleteAsync(bucket, "p/b", Token);
        await PutAsync(bucket, "q");
        var request = new ListVersionsRequest { BucketName = bucket, Delimiter = "/", MaxKeys = 1 };
        var page = await fixture.Aws.ListVersionsAsync(request, Token);
        Assert.Equal(["p/"], page.CommonPrefixes);
        Assert.True(page.IsTruncated);
        Assert.Equal("p/", page.NextKeyMarker);
        Assert.Null(page.NextVersionIdMarker);
    }

    [Theory]
    [InlineData("version-id-marker=null")]
    [InlineData("key-marker=a&version-id-marker=")]
    [InlineData("key-marker=a&version-id-marker=x")]
    [InlineData("max-keys=-1")]
    public async Task Wrong_parameters_are_refused(string query)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        (await fixture.Raw.GetAsync(bucket, null, Token, "versions&" + query)).IsError(HttpStatusCode.BadRequest, "InvalidArgument");
    }

    private async Task<string> PutAsync(string bucket, string key)
    {
        var response = await fixture.Raw.PutAsync(bucket, key, [1], Token);
        Assert.True(response.IsSuccess, response.Text);
        return response.Headers.GetValueOrDefault("x-amz-version-id") ?? "null";
    }

    private async Task<List<string>> WalkAsync(string bucket, ListVersionsRequest request)
    {
        var listed = new List<string>();
        while (true)
        {
            var page = await fixture.Aws.ListVersionsAsync(request, Token);
            foreach (var version in page.Versions ?? [])
            {
                listed.Add($"{version.Key} {version.VersionId} {version.IsLatest} {version.IsDeleteMarker == true}");
            }

            if (page.IsTruncated != true)
            {
                return listed;
            }

            Assert.Equal(request.MaxKeys, page.Versions?.Count);
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
    }
}
