using System.Buffers;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Listing;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.S3Server.Operations.Listing;

/// <summary>
/// Writes what the documents of all listings have in common; no string is made per key. The bucket says whose its objects are, where rows have
/// an owner.
/// </summary>
internal readonly ref struct ListingXml(S3XmlWriter xml, bool urlEncoded, BucketRecord? bucket = null)
{
    /// <summary>A key, a prefix, a delimiter or a marker.</summary>
    public void Name(ReadOnlySpan<byte> element, ReadOnlySpan<byte> utf8)
    {
        if (!urlEncoded)
        {
            xml.ElementUtf8(element, utf8);
            return;
        }

        var length = KeyEncoder.MaxLength(utf8.Length);
        byte[]? rented = null;
        var encoded = length <= KeyEncoder.MaxLength(ObjectKey.MaxBytes)
            ? stackalloc byte[length]
            : rented = ArrayPool<byte>.Shared.Rent(length);
        xml.ElementUtf8(element, encoded[..KeyEncoder.Encode(utf8, encoded)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The same, left out where there is none.</summary>
    public void OptionalName(ReadOnlySpan<byte> element, ReadOnlySpan<byte> utf8)
    {
        if (!utf8.IsEmpty)
        {
            Name(element, utf8);
        }
    }

    /// <summary>What an object or a version has after its key: time, ETag, checksum, size, owner, storage class.</summary>
    public void Properties(in ObjectSummary summary, bool withOwner)
    {
        LastModified(summary.LastModified);
        ETag(summary);
        if (summary.ChecksumAlgorithm is { } algorithm)
        {
            xml.Element("ChecksumAlgorithm"u8, ChecksumHeaders.NameOf(algorithm));
            xml.Element("ChecksumType"u8, ChecksumHeaders.NameOf(summary.ChecksumType.GetValueOrDefault()));
        }

        xml.Element("Size"u8, summary.Size);
        if (withOwner)
        {
            Owner(summary.Owner);
        }

        xml.ElementUtf8("StorageClass"u8, "STANDARD"u8);
    }

    /// <summary>To the second, as everywhere.</summary>
    public void LastModified(DateTimeOffset time) =>
        xml.Element("LastModified"u8, time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond)));

    public void Owner(ObjectOwner owner)
    {
        xml.Start("Owner"u8);
        xml.Element("ID"u8, (bucket?.OwnerOf(owner) ?? owner).CanonicalId);
        xml.End("Owner"u8);
    }

    public void CommonPrefixes(ListPage page)
    {
        foreach (var prefix in page.CommonPrefixes)
        {
            xml.Start("CommonPrefixes"u8);
            Name("Prefix"u8, prefix.Span);
            xml.End("CommonPrefixes"u8);
        }
    }

    private void ETag(in ObjectSummary summary)
    {
        Span<byte> quoted = stackalloc byte[64];
        quoted[0] = (byte)'"';
        var length = summary.WriteETag(quoted[1..]);
        quoted[length + 1] = (byte)'"';
        xml.ElementUtf8("ETag"u8, quoted[..(length + 2)]);
    }
}
