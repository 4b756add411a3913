using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Encryption;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Packing;

namespace S3Cassandra.Storage.Objects;

/// <summary>
/// The packed form of an <see cref="ObjectRecord"/>. First 64 bytes of fixed places, which listings read alone
/// (<see cref="ObjectSummary"/>), then owner and checksum, then what the flags announce.
/// </summary>
public static class ObjectRecordCodec
{
    /// <summary>What a row may hold; parts that do not fit go into a manifest.</summary>
    public const int MaxLength = 64 * 1024;

    internal const byte Format = 1;

    /// <summary>format 1, flags 2, checksum 1, part count 2, ETag parts 2, version id 16, clock 8, size 8, last modified 8, MD5 16.</summary>
    internal const int PrefixLength = 64;

    /// <exception cref="ArgumentException">The ETag is not 32 hexadecimal digits with or without "-N".</exception>
    public static byte[] Encode(ObjectRecord record)
    {
        var writer = new PackedWriter(stackalloc byte[1024]);
        try
        {
            var flags = FlagsOf(record);
            WritePrefix(ref writer, record, flags);
            writer.Text(record.Owner.AccountId);
            writer.Text(record.Owner.CanonicalId);
            writer.Text(record.Owner.Initiator);
            if (record.Checksum is { } checksum)
            {
                writer.Number((ulong)checksum.Parts);
                writer.Bytes(checksum.Value.Span);
            }

            WriteDescription(ref writer, record, flags);
            WriteBody(ref writer, record, flags);
            return writer.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>The record; its memory may point into <paramref name="packed"/>.</summary>
    /// <exception cref="CorruptDataException">It is not one of ours.</exception>
    public static ObjectRecord Decode(ReadOnlyMemory<byte> packed)
    {
        var reader = new PackedReader(packed.Span);
        var prefix = ObjectSummary.ReadPrefix(ref reader);
        var flags = prefix.Flags;
        var owner = OwnerCache.Read(ref reader);
        var checksum = prefix.Checksum == 0 ? null : ReadChecksum(ref reader, prefix.Checksum);
        return new ObjectRecord
        {
            VersionId = prefix.VersionId,
            IsDeleteMarker = flags.HasFlag(RecordFlags.DeleteMarker),
            Size = prefix.Size,
            ETag = prefix.ETag,
            LastModified = prefix.LastModified,
            PartCount = prefix.PartCount,
            Clock = prefix.Clock,
            HasVersionRows = flags.HasFlag(RecordFlags.VersionRows),
            Owner = owner,
            Checksum = checksum,
            Encryption = flags.HasFlag(RecordFlags.Encryption) ? ReadEncryption(ref reader) : null,
            Headers = flags.HasFlag(RecordFlags.Headers) ? ReadHeaders(ref reader) : ObjectHeaders.Empty,
            Metadata = flags.HasFlag(RecordFlags.Metadata) ? ReadMetadata(ref reader) : [],
            Tags = flags.HasFlag(RecordFlags.Tags) ? ReadTags(ref reader) : [],
            Parts = flags.HasFlag(RecordFlags.Parts) ? ObjectPartCodec.ReadAll(ref reader) : [],
            Manifest = flags.HasFlag(RecordFlags.Manifest) ? ObjectPartCodec.Read(ref reader) : null,
            InlineNonce = flags.HasFlag(RecordFlags.InlineNonce) ? reader.Bytes().ToArray() : default,
            NullVersionSuffix = flags.HasFlag(RecordFlags.NullVersion) ? reader.Bytes().ToArray() : default,
            Upload = flags.HasFlag(RecordFlags.Upload) ? new UploadId(reader.UInt128()) : null,
            Acl = flags.HasFlag(RecordFlags.Acl) ? reader.Bytes().ToArray() : default,
            WebsiteRedirectLocation = flags.HasFlag(RecordFlags.WebsiteRedirect) ? reader.Text() : null,
        };
    }

    internal static byte Pack(Checksum? checksum) =>
        checksum is null ? (byte)0 : (byte)((int)checksum.Algorithm | ((int)checksum.Type << 4));

    internal static void WriteChecksum(ref PackedWriter writer, Checksum? checksum)
    {
        writer.Byte(Pack(checksum));
        if (checksum is not null)
        {
            writer.Number((ulong)checksum.Parts);
            writer.Bytes(checksum.Value.Span);
        }
    }

    internal static Checksum? ReadChecksum(ref PackedReader reader) =>
        reader.Byte() is var packed && packed == 0 ? null : ReadChecksum(ref reader, packed);

    private static Checksum ReadChecksum(ref PackedReader reader, byte packed)
    {
        var parts = reader.Int32();
        return new Checksum((ChecksumAlgorithm)(packed & 15), (ChecksumType)(packed >> 4), reader.Bytes().ToArray(), parts);
    }

    private static RecordFlags FlagsOf(ObjectRecord record) =>
        On(RecordFlags.DeleteMarker, record.IsDeleteMarker)
        | On(RecordFlags.VersionRows, record.HasVersionRows)
        | On(RecordFlags.ETag, record.ETag.Length > 0)
        | On(RecordFlags.Encryption, record.Encryption is not null)
        | On(RecordFlags.Headers, record.Headers != ObjectHeaders.Empty)
        | On(RecordFlags.Metadata, record.Metadata.Count > 0)
        | On(RecordFlags.Tags, record.Tags.Count > 0)
        | On(RecordFlags.Parts, record.Parts.Count > 0)
        | On(RecordFlags.Manifest, record.Manifest is not null)
        | On(RecordFlags.InlineNonce, !record.InlineNonce.IsEmpty)
        | On(RecordFlags.NullVersion, !record.NullVersionSuffix.IsEmpty)
        | On(RecordFlags.Upload, record.Upload is not null)
        | On(RecordFlags.Acl, !record.Acl.IsEmpty)
        | On(RecordFlags.WebsiteRedirect, record.WebsiteRedirectLocation is not null);

    private static RecordFlags On(RecordFlags flag, bool on) => on ? flag : RecordFlags.None;

    private static void WritePrefix(ref PackedWriter writer, ObjectRecord record, RecordFlags flags)
    {
        Span<byte> md5 = stackalloc byte[EntityTag.Md5Length];
        md5.Clear();
        var parts = 0;
        if (record.ETag.Length > 0 && !EntityTag.TryParse(record.ETag, md5, out parts))
        {
            throw new ArgumentException($"\"{record.ETag}\" is no ETag of ours.", nameof(record));
        }

        writer.Byte(Format);
        writer.UInt16((ushort)flags);
        writer.Byte(Pack(record.Checksum));
        writer.UInt16((ushort)record.PartCount);
        writer.UInt16((ushort)parts);
        writer.UInt128(record.VersionId.Value);
        writer.UInt64(record.Clock);
        writer.UInt64((ulong)record.Size);
        writer.UInt64((ulong)record.LastModified.ToUnixTimeMilliseconds());
        writer.Raw(md5);
    }

    private static void WriteDescription(ref PackedWriter writer, ObjectRecord record, RecordFlags flags)
    {
        if (record.Encryption is { } encryption)
        {
            writer.Byte((byte)encryption.Kind);
            writer.Bytes(encryption.WrappedKey.Span);
            writer.OptionalText(encryption.MasterKeyId);
            writer.OptionalText(encryption.CustomerKeyMd5);
        }

        if (flags.HasFlag(RecordFlags.Headers))
        {
            writer.OptionalText(record.Headers.ContentType);
            writer.OptionalText(record.Headers.ContentEncoding);
            writer.OptionalText(record.Headers.ContentDisposition);
            writer.OptionalText(record.Headers.ContentLanguage);
            writer.OptionalText(record.Headers.CacheControl);
            writer.OptionalText(record.Headers.Expires);
        }

        if (record.Metadata.Count > 0)
        {
            writer.Number((ulong)record.Metadata.Count);
            foreach (var (name, value) in record.Metadata)
            {
                writer.Text(name);
                writer.Text(value);
            }
        }

        if (record.Tags.Count > 0)
        {
            writer.Number((ulong)record.Tags.Count);
            foreach (var (key, value) in record.Tags)
            {
                writer.Text(key);
                writer.Text(value);
            }
        }
    }

    private static void WriteBody(ref PackedWriter writer, ObjectRecord record, RecordFlags flags)
    {
        if (record.Parts.Count > 0)
        {
            ObjectPartCodec.WriteAll(ref writer, record.Parts);
        }

        if (record.Manifest is { } manifest)
        {
            ObjectPartCodec.Write(ref writer, manifest);
        }

        if (flags.HasFlag(RecordFlags.InlineNonce))
        {
            writer.Bytes(record.InlineNonce.Span);
        }

        if (flags.HasFlag(RecordFlags.NullVersion))
        {
            writer.Bytes(record.NullVersionSuffix.Span);
        }

        if (record.Upload is { } upload)
        {
            writer.UInt128(upload.Value);
        }

        if (flags.HasFlag(RecordFlags.Acl))
        {
            writer.Bytes(record.Acl.Span);
        }

        if (record.WebsiteRedirectLocation is { } redirect)
        {
            writer.Text(redirect);
        }
    }

    private static ObjectEncryption ReadEncryption(ref PackedReader reader)
    {
        var kind = (EncryptionKind)reader.Byte();
        var wrapped = reader.Bytes().ToArray();
        var master = reader.OptionalText();
        return new ObjectEncryption(kind, wrapped, master, reader.OptionalText());
    }

    private static ObjectHeaders ReadHeaders(ref PackedReader reader) => new()
    {
        ContentType = reader.OptionalText(),
        ContentEncoding = reader.OptionalText(),
        ContentDisposition = reader.OptionalText(),
        ContentLanguage = reader.OptionalText(),
        CacheControl = reader.OptionalText(),
        Expires = reader.OptionalText(),
    };

    private static KeyValuePair<string, string>[] ReadMetadata(ref PackedReader reader)
    {
        var metadata = new KeyValuePair<string, string>[reader.Count()];
        for (var i = 0; i < metadata.Length; i++)
        {
            var name = reader.Text();
            metadata[i] = new KeyValuePair<string, string>(name, reader.Text());
        }

        return metadata;
    }

    private static ObjectTag[] ReadTags(ref PackedReader reader)
    {
        var tags = new ObjectTag[reader.Count()];
        for (var i = 0; i < tags.Length; i++)
        {
            var key = reader.Text();
            tags[i] = new ObjectTag(key, reader.Text());
        }

        return tags;
    }
}
