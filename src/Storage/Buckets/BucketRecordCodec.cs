using System.Text;
using S3Cassandra.Storage.Catalog;
using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Storage.Buckets;

/// <summary>
/// A bucket's record as the catalog keeps it: a format byte (2; 1 ends before the policy), then the fields in order; integers
/// little-endian, strings as UTF-8 after their 7-bit-encoded length, lists after their count. The name is the catalog's key, the revision the catalog's own.
/// What was added later follows where it says something, so that records without it are as they were, and servers that do not know it read the rest.
/// </summary>
internal static class BucketRecordCodec
{
    private const byte Format = 2;
    private const byte FormatWithoutPolicy = 1;

    public static byte[] Encode(BucketRecord bucket)
    {
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory, Encoding.UTF8);
        writer.Write(Format);
        writer.Write(bucket.Id.Value.ToByteArray());
        writer.Write(bucket.Created.UtcTicks);
        writer.Write(bucket.Region);
        writer.Write(bucket.Owner.AccountId);
        writer.Write(bucket.Owner.CanonicalId);
        writer.Write(bucket.Owner.Initiator);
        writer.Write((byte)bucket.DefaultEncryption);
        writer.Write7BitEncodedInt(bucket.Tags.Count);
        foreach (var tag in bucket.Tags)
        {
            writer.Write(tag.Key);
            writer.Write(tag.Value);
        }

        writer.Write7BitEncodedInt(bucket.Cors.Count);
        foreach (var rule in bucket.Cors)
        {
            WriteRule(writer, rule);
        }

        writer.Write(bucket.Policy is not null);
        writer.Write(bucket.Policy ?? "");
        writer.Write(PublicAccessBlock.Flags(bucket.PublicAccessBlock));
        if (bucket.UsesAcls || bucket.RequesterPays || !bucket.Acl.IsEmpty || bucket.HoldsOthersObjects)
        {
            writer.Write((byte)bucket.Ownership);
            writer.Write(bucket.RequesterPays);
            writer.Write(bucket.HoldsOthersObjects);
            writer.Write7BitEncodedInt(bucket.Acl.Length);
            writer.Write(bucket.Acl.Span);
        }

        writer.Flush();
        return memory.ToArray();
    }

    /// <exception cref="CorruptDataException">The value cannot be what was written.</exception>
    public static BucketRecord Decode(CatalogRecord record)
    {
        try
        {
            using var memory = new MemoryStream(record.Value ?? [], writable: false);
            using var reader = new BinaryReader(memory, Encoding.UTF8);
            return reader.ReadByte() switch
            {
                Format => WithAccess(WithPolicy(Read(reader, record), reader), reader),
                FormatWithoutPolicy => Read(reader, record),
                _ => throw new InvalidDataException(),
            };
        }
        catch (Exception exception) when (exception is IOException or FormatException or ArgumentException)
        {
            throw new CorruptDataException($"The record of bucket {record.Key} is not one that this server writes.", exception);
        }
    }

    private static BucketRecord Read(BinaryReader reader, CatalogRecord record) => new()
    {
        Name = record.Key,
        Revision = record.Revision,
        Id = new BucketId(new Guid(reader.ReadBytes(16))),
        Created = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
        Region = reader.ReadString(),
        Owner = new ObjectOwner(reader.ReadString(), reader.ReadString(), reader.ReadString()),
        DefaultEncryption = (EncryptionKind)reader.ReadByte(),
        Tags = ReadList(reader, static reader => new ObjectTag(reader.ReadString(), reader.ReadString())),
        Cors = ReadList(reader, ReadRule),
    };

    private static BucketRecord WithPolicy(BucketRecord bucket, BinaryReader reader)
    {
        var hasPolicy = reader.ReadBoolean();
        var policy = reader.ReadString();
        return bucket with { Policy = hasPolicy ? policy : null, PublicAccessBlock = PublicAccessBlock.OfFlags(reader.ReadByte()) };
    }

    private static BucketRecord WithAccess(BucketRecord bucket, BinaryReader reader) => reader.BaseStream.Position == reader.BaseStream.Length
        ? bucket
        : bucket with
        {
            Ownership = (ObjectOwnership)reader.ReadByte(),
            RequesterPays = reader.ReadBoolean(),
            HoldsOthersObjects = reader.ReadBoolean(),
            Acl = reader.ReadBytes(reader.Read7BitEncodedInt()),
        };

    private static void WriteRule(BinaryWriter writer, CorsRule rule)
    {
        writer.Write(rule.Id is not null);
        writer.Write(rule.Id ?? "");
        WriteStrings(writer, rule.AllowedOrigins);
        WriteStrings(writer, rule.AllowedMethods);
        WriteStrings(writer, rule.AllowedHeaders);
        WriteStrings(writer, rule.ExposeHeaders);
        writer.Write(rule.MaxAgeSeconds is not null);
        writer.Write(rule.MaxAgeSeconds ?? 0);
    }

    private static CorsRule ReadRule(BinaryReader reader)
    {
        var hasId = reader.ReadBoolean();
        var id = reader.ReadString();
        var rule = new CorsRule
        {
            Id = hasId ? id : null,
            AllowedOrigins = ReadList(reader, static reader => reader.ReadString()),
            AllowedMethods = ReadList(reader, static reader => reader.ReadString()),
            AllowedHeaders = ReadList(reader, static reader => reader.ReadString()),
            ExposeHeaders = ReadList(reader, static reader => reader.ReadString()),
        };
        var hasMaxAge = reader.ReadBoolean();
        var maxAge = reader.ReadInt32();
        return rule with { MaxAgeSeconds = hasMaxAge ? maxAge : null };
    }

    private static void WriteStrings(BinaryWriter writer, IReadOnlyList<string> strings)
    {
        writer.Write7BitEncodedInt(strings.Count);
        foreach (var text in strings)
        {
            writer.Write(text);
        }
    }

    private static List<T> ReadList<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var list = new List<T>();
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            list.Add(read(reader));
        }

        return list;
    }
}
