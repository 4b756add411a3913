using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Tests.Objects;

public class ObjectRecordCodecTests
{
    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 200)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_record_comes_back_as_it_was(int seed)
    {
        var record = RandomRecord(new Random(seed));
        var packed = ObjectRecordCodec.Encode(record);
        var again = ObjectRecordCodec.Decode(packed);
        Assert.Equivalent(Comparable(record), Comparable(again), strict: true);
        Assert.Equal(packed, ObjectRecordCodec.Encode(again));

        var summary = ObjectSummary.Read(packed);
        Assert.Equal(
            (record.VersionId, record.IsDeleteMarker, record.Size, record.ETag, record.LastModified, record.Owner, record.HasVersionRows, record.PartCount),
            (summary.VersionId, summary.IsDeleteMarker, summary.Size, summary.ETag, summary.LastModified, summary.Owner, summary.HasVersionRows, summary.PartCount));
        Assert.Equal((record.Checksum?.Algorithm, record.Checksum?.Type), (summary.ChecksumAlgorithm, summary.ChecksumType));
    }

    [Fact]
    public void A_record_cut_anywhere_is_corrupt_and_nothing_else()
    {
        var packed = ObjectRecordCodec.Encode(RandomRecord(new Random(3)));
        for (var length = 0; length < packed.Length; length++)
        {
            Assert.Throws<CorruptDataException>(() => ObjectRecordCodec.Decode(packed.AsMemory(0, length)));
        }
    }

    [Fact]
    public void Random_bytes_end_in_nothing_but_corruption()
    {
        var random = new Random(1);
        var packed = ObjectRecordCodec.Encode(RandomRecord(new Random(4)));
        for (var i = 0; i < 20_000; i++)
        {
            var damaged = packed.ToArray();
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            var failure = Record.Exception(() => ObjectRecordCodec.Decode(damaged));
            Assert.True(failure is null or CorruptDataException, failure?.ToString());
        }
    }

    [Fact]
    public void An_access_control_list_stands_last_and_takes_nothing_where_there_is_none()
    {
        var record = RandomRecord(new Random(5)) with { Acl = default, WebsiteRedirectLocation = null };
        var packed = ObjectRecordCodec.Encode(record);
        var listed = ObjectRecordCodec.Encode(record with { Acl = new byte[] { 1, 0 } });
        Assert.Equal(packed.Length + 3, listed.Length);

        // A server that does not know the flag reads all that it knew before.
        Assert.Equal(packed[3..], listed[3..packed.Length]);
    }

    [Fact]
    public void A_manifest_comes_back_as_it_was()
    {
        var parts = Enumerable.Range(1, 1000).Select(number => RandomPart(new Random(number), number)).ToList();
        Assert.Equivalent(parts.Select(Comparable), ObjectPartCodec.DecodeManifest(ObjectPartCodec.EncodeManifest(parts)).Select(Comparable), strict: true);
    }

    private static ObjectRecord RandomRecord(Random random)
    {
        bool Coin() => random.Next(2) == 0;
        var isMarker = random.Next(8) == 0;
        return new ObjectRecord
        {
            VersionId = Coin() ? VersionId.Null : VersionId.New((ulong)random.NextInt64()),
            IsDeleteMarker = isMarker,
            Size = random.NextInt64(1L << 43),
            ETag = isMarker ? "" : EntityTag.Format(Bytes(random, 16), Coin() ? 0 : random.Next(1, 10_001)),
            LastModified = DateTimeOffset.FromUnixTimeMilliseconds(random.NextInt64(4_000_000_000_000)),
            Owner = new ObjectOwner($"{random.Next(3)}", Text(random, 64), Text(random, 30)),
            Checksum = Coin() ? null : RandomChecksum(random),
            Encryption = Coin() ? null : new ObjectEncryption(EncryptionKind.SseS3, Bytes(random, 60), Coin() ? "key-1" : null, Coin() ? "md5" : null),
            Headers = Coin() ? ObjectHeaders.Empty : new ObjectHeaders { ContentType = Text(random, 20), Expires = Coin() ? null : "" },
            Metadata = [.. Enumerable.Range(0, random.Next(4)).Select(i => new KeyValuePair<string, string>($"n{i}", Text(random, 400)))],
            Tags = [.. Enumerable.Range(0, random.Next(4)).Select(i => new ObjectTag($"t{i}", Text(random, 100)))],
            PartCount = random.Next(10_001),
            Upload = Coin() ? null : UploadId.New(DateTimeOffset.UnixEpoch.AddSeconds(random.Next())),
            Parts = [.. Enumerable.Range(1, random.Next(5)).Select(number => RandomPart(random, number))],
            Manifest = Coin() ? null : RandomPart(random, 0),
            InlineNonce = Coin() ? default : Bytes(random, 8),
            HasVersionRows = Coin(),
            NullVersionSuffix = Coin() ? default : Bytes(random, 16),
            Clock = (ulong)random.NextInt64(),
            Acl = Coin() ? default : Bytes(random, random.Next(1, 4000)),
            WebsiteRedirectLocation = Coin() ? null : "/" + Text(random, 2000),
        };
    }

    private static ObjectPart RandomPart(Random random, int number) => new(
        number,
        BlobId.New(),
        512 * 1024,
        random.NextInt64(5L << 30),
        random.Next(2) == 0 ? null : RandomChecksum(random),
        random.Next(2) == 0 ? default : Bytes(random, 8));

    private static Checksum RandomChecksum(Random random)
    {
        var algorithm = (ChecksumAlgorithm)random.Next(1, 11);
        return new Checksum(algorithm, (ChecksumType)random.Next(1, 3), Bytes(random, ChecksumHash.LengthOf(algorithm)), random.Next(10_001));
    }

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Text(Random random, int length) => string.Concat(Enumerable.Range(0, random.Next(length)).Select(_ => (char)random.Next(0x20, 0x500)));

    private static object Comparable(ObjectRecord record) => new
    {
        record.VersionId,
        record.IsDeleteMarker,
        record.Size,
        record.ETag,
        record.LastModified,
        record.Owner,
        Checksum = Comparable(record.Checksum),
        Encryption = record.Encryption is null ? "" : $"{record.Encryption.Kind} {Convert.ToHexString(record.Encryption.WrappedKey.Span)} {record.Encryption.MasterKeyId} {record.Encryption.CustomerKeyMd5}",
        record.Headers,
        Metadata = record.Metadata.ToArray(),
        Tags = record.Tags.ToArray(),
        record.PartCount,
        record.Upload,
        Parts = record.Parts.Select(Comparable).ToArray(),
        Manifest = record.Manifest is null ? "" : Comparable(record.Manifest),
        Nonce = Convert.ToHexString(record.InlineNonce.Span),
        record.HasVersionRows,
        Suffix = Convert.ToHexString(record.NullVersionSuffix.Span),
        record.Clock,
        Acl = Convert.ToHexString(record.Acl.Span),
    };

    private static string Comparable(ObjectPart part) =>
        $"{part.Number} {part.Blob} {part.ChunkSize} {part.Size} {Comparable(part.Checksum)} {Convert.ToHexString(part.Nonce.Span)}";

    private static string Comparable(Checksum? checksum) =>
        checksum is null ? "" : $"{checksum.Algorithm} {checksum.Type} {Convert.ToHexString(checksum.Value.Span)} {checksum.Parts}";
}
