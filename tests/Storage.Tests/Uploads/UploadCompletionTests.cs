using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Uploads;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Tests.Uploads;

public class UploadCompletionTests
{
    private const long MiB = 1024 * 1024;

    [Fact]
    public async Task Parts_become_an_object_in_the_order_of_their_numbers()
    {
        await using var world = await UploadWorld.CreateAsync();
        var id = await world.InitiateAsync();
        byte[][] bodies = [UploadWorld.Bytes(200, 1), UploadWorld.Bytes(64, 2), UploadWorld.Bytes(1, 3)];
        var third = await world.PutPartAsync(id, 7, bodies[2]);
        var first = await world.PutPartAsync(id, 1, bodies[0]);
        var second = await world.PutPartAsync(id, 3, bodies[1]);

        var outcome = await world.CompleteAsync(id, first, second, third);

        Assert.Equal(CompleteStatus.Done, outcome.Status);
        Assert.Equal(UploadWorld.ETagOf(bodies), outcome.Object!.ETag);
        Assert.Equal(3, outcome.Object.PartCount);
        Assert.Equal(bodies.SelectMany(body => body), await world.ReadAsync());
    }

    [Fact]
    public async Task Many_parts_go_through_a_manifest()
    {
        await using var world = await UploadWorld.CreateAsync();
        var id = await world.InitiateAsync();
        var bodies = Enumerable.Range(1, 50).Select(number => UploadWorld.Bytes(number, number)).ToArray();
        var parts = new List<CompletedPart>();
        for (var i = 0; i < bodies.Length; i++)
        {
            parts.Add(await world.PutPartAsync(id, i + 1, bodies[i]));
        }

        var outcome = await world.CompleteAsync(id, [.. parts]);

        Assert.NotNull(outcome.Object!.Manifest);
        Assert.Empty(outcome.Object.Parts);
        Assert.Equal(bodies.SelectMany(body => body), await world.ReadAsync());
        await world.SweepAsync();
        Assert.Equal(bodies.SelectMany(body => body), await world.ReadAsync());
        await world.DeleteAsync();
        await world.SweepAsync();
        Assert.Equal(0, await world.CountBlobsAsync());
        Assert.Equal(0, await world.CountSuspectsAsync());
    }

    [Fact]
    public async Task Of_a_number_uploaded_twice_the_one_whose_etag_is_named_counts()
    {
        await using var world = await UploadWorld.CreateAsync();
        var id = await world.InitiateAsync();
        var older = await world.PutPartAsync(id, 1, UploadWorld.Bytes(100, 1));
        var newer = await world.PutPartAsync(id, 1, UploadWorld.Bytes(100, 2));
        Assert.Equal([newer.ETag], (await world.LatestPartsAsync(id)).Select(part => part.Record.ETag));

        Assert.Equal(CompleteStatus.Done, (await world.CompleteAsync(id, older)).Status);
        Assert.Equal(UploadWorld.Bytes(100, 1), await world.ReadAsync());
        await world.SweepAsync();
        Assert.Equal(1, await world.CountBlobsAsync());
        Assert.Equal(UploadWorld.Bytes(100, 1), await world.ReadAsync());
    }

    [Fact]
    public async Task A_complete_sent_again_answers_as_the_first_did()
    {
        await using var world = await UploadWorld.CreateAsync();
        var id = await world.InitiateAsync();
        var part = await world.PutPartAsync(id, 1, UploadWorld.Bytes(100));
        var first = await world.CompleteAsync(id, part);
        var again = await world.CompleteAsync(id, part);
        Assert.Equal(CompleteStatus.Done, again.Status);
        Assert.Equal(first.Object!.ETag, again.Object!.ETag);

        await world.PutAsync(UploadWorld.Key.ToString(), UploadWorld.Bytes(50));
        Assert.Equal(CompleteStatus.NoSuchUpload, (await world.CompleteAsync(id, part)).Status);
    }

    [Fact]
    public async Task In_a_versioned_bucket_each_completion_is_a_version()
    {
        await using var world = await UploadWorld.CreateAsync();
        await world.PutAsync(UploadWorld.Key.ToString(), UploadWorld.Bytes(300, 5));
        await world.SetVersioningAsync(VersioningState.Enabled);
        var id = await world.InitiateAsync();
        var outcome = await world.CompleteAsync(id, await world.PutPartAsync(id, 1, UploadWorld.Bytes(100)));
        Assert.True(outcome.Versioned);
        Assert.False(outcome.Object!.VersionId.IsNull);

        await world.DeleteAsync(outcome.Object.VersionId);
        Assert.Equal(UploadWorld.Bytes(300, 5), await world.ReadAsync());
        await world.SweepAsync();
        Assert.Equal(1, await world.CountBlobsAsync());
    }

    [Fact]
    public async Task A_part_that_is_not_the_last_needs_five_mebibytes()
    {
        await using var world = await UploadWorld.CreateAsync(minPartSize: 5 * MiB);
        Assert.Equal(5 * MiB, world.Completion.MinPartSize);
        Assert.Equal(5 * MiB, PartSelection.MinPartSize);
        var id = await world.InitiateAsync();
        var small = await world.PutPartAsync(id, 1, UploadWorld.Bytes(100));
        var last = await world.PutPartAsync(id, 2, UploadWorld.Bytes(1));
        var outcome = await world.CompleteAsync(id, small, last);
        Assert.Equal(CompleteStatus.EntityTooSmall, outcome.Status);
        Assert.Equal(1, outcome.PartNumber);
        Assert.Equal(CompleteStatus.Done, (await world.CompleteAsync(id, last)).Status);
    }

    [Fact]
    public async Task A_list_that_does_not_fit_the_parts_is_refused_and_the_upload_goes_on()
    {
        await using var world = await UploadWorld.CreateAsync();
        var id = await world.InitiateAsync();
        var one = await world.PutPartAsync(id, 1, UploadWorld.Bytes(100, 1));
        var two = await world.PutPartAsync(id, 2, UploadWorld.Bytes(100, 2));
        Assert.Equal(CompleteStatus.InvalidPartOrder, (await world.CompleteAsync(id, two, one)).Status);
        Assert.Equal(CompleteStatus.InvalidPartOrder, (await world.CompleteAsync(id, one, one)).Status);
        Assert.Equal(CompleteStatus.InvalidPart, (await world.CompleteAsync(id, one, two with { Number = 3 })).Status);
        Assert.Equal(CompleteStatus.InvalidPart, (await world.CompleteAsync(id, one with { ETag = two.ETag })).Status);
        var checksum = one.Checksums[0] with { Value = new byte[8] };
        Assert.Equal(CompleteStatus.InvalidPart, (await world.CompleteAsync(id, one with { Checksums = [checksum] })).Status);
        Assert.Null(await world.ReadAsync());
        Assert.Equal(CompleteStatus.Done, (await world.CompleteAsync(id, one, two)).Status);
    }

    [Theory]
    [InlineData(ChecksumAlgorithm.Crc32)]
    [InlineData(ChecksumAlgorithm.Crc32C)]
    [InlineData(ChecksumAlgorithm.Crc64Nvme)]
    public async Task A_crc_of_the_full_object_is_that_of_all_its_bytes(ChecksumAlgorithm algorithm)
    {
        await using var world = await UploadWorld.CreateAsync();
        var id = await world.InitiateAsync(new UploadRecord { Owner = UploadWorld.Owner, ChecksumAlgorithm = algorithm });
        byte[][] bodies = [UploadWorld.Bytes(1000, 1), UploadWorld.Bytes(333, 2), UploadWorld.Bytes(333, 3), []];
        var parts = new List<CompletedPart>();
        foreach (var body in bodies)
        {
            parts.Add(await world.PutPartAsync(id, parts.Count + 1, body, algorithm));
        }

        var whole = new Checksum(algorithm, ChecksumType.FullObject, ChecksumHash.Compute(algorithm, [.. bodies.SelectMany(body => body)]));
        var wrong = new CompleteUpload { Parts = parts, Checksum = whole with { Value = new byte[whole.Value.Length] } };
        Assert.Equal(CompleteStatus.ChecksumMismatch, (await world.CompleteAsync(id, wrong)).Status);
        var right = new CompleteUpload { Parts = parts, Checksum = whole, ObjectSize = 1666 };
        var outcome = await world.CompleteAsync(id, right);
        Assert.Equal(whole.ToString(), outcome.Object!.Checksum!.ToString());
        Assert.Equal(bodies.SelectMany(body => body), await world.ReadAsync());
    }

    [Theory]
    [InlineData(ChecksumAlgorithm.Sha1)]
    [InlineData(ChecksumAlgorithm.Sha256)]
    [InlineData(ChecksumAlgorithm.Crc32)]
    public async Task A_composite_checksum_is_that_of_the_parts_checksums(ChecksumAlgorithm algorithm)
    {
        await using var world = await UploadWorld.CreateAsync();
        var id = await world.InitiateAsync(new UploadRecord
        {
            Owner = UploadWorld.Owner,
            ChecksumAlgorithm = algorithm,
            ChecksumType = ChecksumType.Composite,
        });
        byte[][] bodies = [UploadWorld.Bytes(1000, 1), UploadWorld.Bytes(333, 2)];
        var one = await world.PutPartAsync(id, 1, bodies[0], algorithm);
        var two = await world.PutPartAsync(id, 2, bodies[1], algorithm);
        Assert.Equal(CompleteStatus.PartChecksumMissing, (await world.CompleteAsync(id, one, two with { Checksums = [] })).Status);

        var outcome = await world.CompleteAsync(id, one, two);

        var expected = ChecksumHash.Compute(algorithm, [.. bodies.SelectMany(body => ChecksumHash.Compute(algorithm, body))]);
        Assert.Equal(Convert.ToBase64String(expected) + "-2", outcome.Object!.Checksum!.ToString());
    }

    [Fact]
    public async Task Without_an_algorithm_the_object_gets_crc64nvme_whatever_the_parts_came_with()
    {
        await using var world = await UploadWorld.CreateAsync();
        var id = await world.InitiateAsync();
        byte[][] bodies = [UploadWorld.Bytes(1000, 1), UploadWorld.Bytes(333, 2)];
        var one = await world.PutPartAsync(id, 1, bodies[0], ChecksumAlgorithm.Crc32);
        var two = await world.PutPartAsync(id, 2, bodies[1]);
        var outcome = await world.CompleteAsync(id, one, two);
        var expected = ChecksumHash.Compute(ChecksumAlgorithm.Crc64Nvme, [.. bodies.SelectMany(body => body)]);
        Assert.Equal(Convert.ToBase64String(expected), outcome.Object!.Checksum!.ToString());
    }

    [Fact]
    public async Task Conditions_hold_for_a_complete()
    {
        await using var world = await UploadWorld.CreateAsync();
        var put = await world.PutAsync(UploadWorld.Key.ToString(), UploadWorld.Bytes(100, 9));
        var id = await world.InitiateAsync();
        var part = await world.PutPartAsync(id, 1, UploadWorld.Bytes(100));
        var unlessThere = new CompleteUpload { Parts = [part], Conditions = new WriteConditions(IfNoneMatchAny: true) };
        var refused = await world.CompleteAsync(id, unlessThere);
        Assert.Equal(CompleteStatus.PreconditionFailed, refused.Status);
        var ifSame = new CompleteUpload { Parts = [part], Conditions = new WriteConditions(IfMatch: put.Version!.ETag) };
        Assert.Equal(CompleteStatus.Done, (await world.CompleteAsync(id, ifSame)).Status);
    }
}
