using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Amazon.S3.Model;
using S3Cassandra.Support;

namespace S3Cassandra.Functional.Tests.Listing;

public class ListObjectsV2Tests(ServerFixture fixture)
{
    /// <summary>Keys that other stores mistake: a name beside its folder, dots, doubled slashes, all orders of UTF-8 and UTF-16.</summary>
    private static readonly string[] Awkward =
    [
        "a", "a/", "a/b", "a/b/c", "a//b", "../x", "./y", "/z", "//", " ", "+", "%20", "a+b c", "é", "e\u0301", "\uffee", "😀", "~",
        "<&>\"'", "tab\tnewline\nreturn\r", "\u0001\u001f", "\u007f\u0080", "\ufffe\uffff", new string('x', 1024),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("&encoding-type=url")]
    public async Task Every_key_is_listed_in_byte_order(string encoding)
    {
        var bucket = await FillAsync(Awkward);
        var listed = new List<string>();
        for (var next = ""; ;)
        {
            var result = await ReadAsync(bucket, "max-keys=5" + encoding + next);
            var keys = result.All("Key");
            listed.AddRange(encoding.Length == 0 ? keys : keys.Select(Uri.UnescapeDataString));
            Assert.Equal(keys.Length, (int)result.Element("KeyCount")!);
            if (result.Element("IsTruncated")!.Value != "true")
            {
                break;
            }

            next = "&continuation-token=" + SignatureV4.Encode(result.Element("NextContinuationToken")!.Value);
        }

        var illegal = encoding.Length == 0 ? Awkward.Where(key => key.Any(IsIllegalInXml)).ToArray() : [];
        var legal = Awkward.Except(illegal).OrderBy(Encoding.UTF8.GetBytes, ByBytes);
        Assert.Equal(legal, listed.Where(key => !key.Contains('?', StringComparison.Ordinal)));
        Assert.Equal(Awkward.Length, listed.Count);
    }

    [Fact]
    public async Task Delimiters_of_any_length_roll_up()
    {
        var bucket = await FillAsync("x", "p--a--1", "p--a--2", "p--b", "p-c", "q");
        var document = await ReadAsync(bucket, "delimiter=--&prefix=p");
        Assert.Equal(["p-c"], document.All("Key"));
        Assert.Equal(["p--"], document.Elements("CommonPrefixes").Select(prefix => prefix.Value));
        document = await ReadAsync(bucket, "delimiter=--&prefix=p--");
        Assert.Equal(["p--b"], document.All("Key"));
        Assert.Equal(["p--a--"], document.Elements("CommonPrefixes").Select(prefix => prefix.Value));
        Assert.Equal("2", document.Element("KeyCount")!.Value);
    }

    [Fact]
    public async Task Start_after_gives_way_to_the_token()
    {
        var bucket = await FillAsync("a", "b", "c", "d");
        var first = await fixture.Aws.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = bucket, StartAfter = "a", MaxKeys = 2 }, Token);
        Assert.Equal(["b", "c"], first.S3Objects.Select(entry => entry.Key));
        Assert.Equal("a", first.StartAfter);
        var second = await fixture.Aws.ListObjectsV2Async(
            new ListObjectsV2Request { BucketName = bucket, StartAfter = "a", ContinuationToken = first.NextContinuationToken }, Token);
        Assert.Equal(["d"], second.S3Objects.Select(entry => entry.Key));
        Assert.False(second.IsTruncated);
        Assert.Null(second.NextContinuationToken);
    }

    [Fact]
    public async Task No_keys_asked_for_are_no_keys_and_no_more()
    {
        var bucket = await FillAsync("a", "b");
        var document = await ReadAsync(bucket, "max-keys=0");
        Assert.Equal("0", document.Element("KeyCount")!.Value);
        Assert.Equal("false", document.Element("IsTruncated")!.Value);
        document = await ReadAsync(bucket, "max-keys=5000");
        Assert.Equal("1000", document.Element("MaxKeys")!.Value);
    }

    [Fact]
    public async Task Owners_are_named_on_demand()
    {
        var bucket = await FillAsync("a");
        Assert.Empty((await ReadAsync(bucket, "")).All("Owner"));
        Assert.Single((await ReadAsync(bucket, "fetch-owner=true")).All("Owner"));
    }

    [Fact]
    public async Task Checksums_are_named()
    {
        var bucket = await FillAsync("a");
        var document = await ReadAsync(bucket, "");
        Assert.Equal(["CRC64NVME"], document.All("ChecksumAlgorithm"));
        Assert.Equal(["FULL_OBJECT"], document.All("ChecksumType"));
    }

    [Fact]
    public async Task A_token_changed_or_taken_elsewhere_is_refused()
    {
        var (bucket, other) = (await FillAsync("a", "b", "c"), await FillAsync("a", "b", "c"));
        var token = (await ReadAsync(bucket, "max-keys=1")).Element("NextContinuationToken")!.Value;
        Assert.Equal(["b", "c"], (await ReadAsync(bucket, "continuation-token=" + token)).All("Key"));
        await IsRefusedAsync(other, token);
        await IsRefusedAsync(bucket, "");
        await IsRefusedAsync(bucket, "a");
        await IsRefusedAsync(bucket, new string('A', 5000));
        for (var i = 0; i < token.Length - 1; i++)
        {
            await IsRefusedAsync(bucket, string.Concat(token.AsSpan(0, i), token[i] == 'A' ? "B" : "A", token.AsSpan(i + 1)));
        }
    }

    private static Comparer<byte[]> ByBytes => Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right));

    private static bool IsIllegalInXml(char character) => character is < ' ' and not ('\t' or '\n') or '\ufffe' or '\uffff';

    private async Task IsRefusedAsync(string bucket, string token)
    {
        var response = await fixture.Raw.GetAsync(bucket, null, Token, "list-type=2&continuation-token=" + SignatureV4.Encode(token));
        response.IsError(HttpStatusCode.BadRequest, "InvalidArgument");
    }

    private async Task<XElement> ReadAsync(string bucket, string query)
    {
        var response = await fixture.Raw.GetAsync(bucket, null, Token, "list-type=2&" + query);
        Assert.True(response.IsSuccess, response.Text);

        // A reader of XML 1.0 refuses references to characters that XML 1.0 has not; AWS writes them all the same.
        var text = Regex.Replace(response.Text, "&#x(0?[0-8bcef]|1[0-9a-f]|d|fff[ef]);", "?");
        return (response with { Body = Encoding.UTF8.GetBytes(text) }).Document("ListBucketResult");
    }

    private async Task<string> FillAsync(params string[] keys)
    {
        var bucket = await fixture.Server.CreateBucketAsync(Token);
        foreach (var key in keys)
        {
            var response = await fixture.Raw.PutAsync(bucket, key, [1], Token);
            Assert.True(response.IsSuccess, response.Text);
        }

        return bucket;
    }
}
