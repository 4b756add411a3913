using System.Net;

namespace S3Cassandra.Functional.Tests.Multipart;

public class ListPartsTests(ServerFixture fixture)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_show_the_latest_part_of_each_number()
    {
        var upload = await Upload.BeginAsync(fixture, Token);
        foreach (var number in new[] { 9, 1, 10_000, 4, 1 })
        {
            await upload.PutPartAsync(number, Bytes.Of(number == 1 ? 50 : 60, number), Token);
        }

        await upload.PutPartAsync(4, Bytes.Of(70), Token);
        var first = (await upload.ListPartsAsync(Token, "max-parts=2")).Document("ListPartsResult");
        Assert.Equal(["1", "4"], first.All("PartNumber"));
        Assert.Equal(["50", "70"], first.All("Size"));
        Assert.Equal("true", first.Element("IsTruncated")!.Value);
        Assert.Equal("4", first.Element("NextPartNumberMarker")!.Value);
        var second = (await upload.ListPartsAsync(Token, "max-parts=2&part-number-marker=4")).Document("ListPartsResult");
        Assert.Equal(["9", "10000"], second.All("PartNumber"));
        Assert.Equal("false", second.Element("IsTruncated")!.Value);
        Assert.Equal("STANDARD", second.Element("StorageClass")!.Value);
        Assert.Equal(second.Element("Owner")!.Element("ID")!.Value, second.Element("Initiator")!.Element("ID")!.Value);
    }

    [Theory]
    [InlineData(null, "null", "null")]
    [InlineData("CRC32C", "CRC32C", "COMPOSITE")]
    public async Task The_checksum_is_the_one_that_the_upload_named(string? named, string algorithm, string type)
    {
        (string, string)[] headers = named is null ? [] : [("x-amz-checksum-algorithm", named)];
        var upload = await Upload.BeginAsync(fixture, Token, "k", null, headers);
        var list = (await upload.ListPartsAsync(Token)).Document("ListPartsResult");
        Assert.Equal((algorithm, type), (list.Element("ChecksumAlgorithm")!.Value, list.Element("ChecksumType")!.Value));
    }

    [Theory]
    [InlineData("max-parts=-1")]
    [InlineData("max-parts=x")]
    [InlineData("part-number-marker=-1")]
    [InlineData("part-number-marker=99999999999")]
    public async Task Odd_numbers_are_refused(string query)
    {
        var upload = await Upload.BeginAsync(fixture, Token);
        (await upload.ListPartsAsync(Token, query)).IsError(HttpStatusCode.BadRequest, "InvalidArgument");
    }
}
