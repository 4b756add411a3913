using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Uploads;

namespace S3Cassandra.Storage.Garbage;

/// <summary>One walk of fsck through all key spaces: counts references, and, on the first, checks rows and contents.</summary>
internal sealed class FsckWalk(IObjectIndex index, IBlobStore blobs, IBlobCensus census, FsckFindings findings)
{
    private readonly UploadParts _parts = new(index, blobs);
    private readonly PartManifests _manifests = new(blobs);

    /// <summary>Whether rows are checked; later walks only count.</summary>
    public bool ChecksRows { get; init; }

    /// <summary>Whether contents are read.</summary>
    public bool ChecksContents { get; init; }

    /// <summary>Suspected blobs whose owner cannot be read; those met are reported with who refers to them, and taken out.</summary>
    public HashSet<BlobId> Torn { get; init; } = [];

    /// <summary>Uploads that had parts before the walk; those met are taken out.</summary>
    public HashSet<(BucketId Bucket, UploadId Upload)> WithParts { get; init; } = [];

    public BlobContents Contents { get; } = new(blobs);

    public long Buckets { get; private set; }

    public long Rows { get; private set; }

    /// <summary>False once something could not be read: then nobody knows what it refers to, and no blob is called an orphan.</summary>
    public bool SawAll { get; private set; } = true;

    /// <summary>Hears of every row once it was checked.</summary>
    public Action<WalkedRow> Visited { get; init; } = static _ => { };

    public ValueTask RunAsync(BucketId bucket, string name, CancellationToken cancellationToken) =>
        RunAsync(bucket, name, IndexWalk.Sections[0], [], [], cancellationToken);

    /// <summary>Walks through a bucket from a section, a key and a suffix on.</summary>
    public async ValueTask RunAsync(
        BucketId bucket, string name, IndexSection first, byte[] from, byte[] suffix, CancellationToken cancellationToken)
    {
        Buckets++;
        var head = new VersionHeads(index, bucket);
        foreach (var section in IndexWalk.Sections.SkipWhile(section => section != first))
        {
            var place = new FsckPlace(bucket, name, default, null);
            try
            {
                await foreach (var row in index.RowsAsync(bucket, section, from, suffix, cancellationToken))
                {
                    Rows++;
                    place = place with { Key = row.Key.ToArray() };
                    await VisitAsync(place, row, head, cancellationToken);
                    Visited(row);
                }
            }
            catch (CorruptDataException exception)
            {
                var after = place.Key.IsEmpty ? "its first row" : "a row after this key";
                Lose(place, $"The {section} section cannot be read on from {after}: {exception.Message}");
            }

            (from, suffix) = ([], []);
        }
    }

    private async ValueTask VisitAsync(FsckPlace place, WalkedRow row, VersionHeads heads, CancellationToken cancellationToken)
    {
        try
        {
            if (row.Section == IndexSection.Upload)
            {
                await VisitUploadAsync(place, row, cancellationToken);
                return;
            }

            var record = ObjectRecordCodec.Decode(row.Record);
            place = place with { Version = record.VersionId.ToString() };
            var isCopy = row.Section != IndexSection.Version && record.HasVersionRows;
            await VisitPartsAsync(place, row, record, isCopy, cancellationToken);
            if (ChecksRows)
            {
                await CheckRowAsync(place, row, record, heads, cancellationToken);
            }

            if (ChecksContents && record is { IsDeleteMarker: false, Size: > 0, Parts.Count: 0, Manifest: null })
            {
                await CheckBodyAsync(place, row, record, cancellationToken);
            }
        }
        catch (CorruptDataException exception)
        {
            Lose(place, exception.Message);
        }
    }

    private async ValueTask VisitUploadAsync(FsckPlace place, WalkedRow row, CancellationToken cancellationToken)
    {
        var upload = UploadId.FromBytes(row.Suffix.Span);
        place = place with { Version = $"upload {upload}" };
        WithParts.Remove((place.Bucket, upload));
        try
        {
            UploadRecordCodec.Decode(row.Record);
            await foreach (var part in _parts.AllAsync(place.Bucket, upload, 0, cancellationToken))
            {
                Rows++;
                if (part.Record.Stored is { } stored)
                {
                    var partPlace = place with { Version = $"upload {upload} part {part.Number}" };
                    await VisitPartAsync(partPlace, row, stored, isCopy: false, ChecksContents, cancellationToken);
                }
            }
        }
        catch (CorruptDataException exception)
        {
            Lose(place, exception.Message);
        }
    }

    /// <summary>A head that shows a version refers to what the version's row refers to: that is checked there.</summary>
    private async ValueTask VisitPartsAsync(
        FsckPlace place, WalkedRow row, ObjectRecord record, bool isCopy, CancellationToken cancellationToken)
    {
        var parts = record.Parts;
        if (record.Manifest is { } manifest)
        {
            await VisitPartAsync(place, row, manifest, isCopy, contents: false, cancellationToken);
            try
            {
                parts = await _manifests.ReadAsync(record, cancellationToken);
            }
            catch (CorruptDataException exception)
            {
                SawAll = false;
                if (isCopy || !await StandsAsync(place, row, cancellationToken))
                {
                    return;
                }

                Report(place, FsckFindingKind.DamagedChunk, $"The manifest cannot be read: {exception.Message}", manifest.Blob);
                return;
            }
        }

        foreach (var part in parts)
        {
            if (part.Size > 0)
            {
                await VisitPartAsync(place, row, part, isCopy, ChecksContents && !isCopy, cancellationToken);
            }
        }

        if (parts.Count > 0 && parts.Sum(part => part.Size) != record.Size)
        {
            Report(place, FsckFindingKind.UnreadableRecord, $"Its parts do not add up to its {record.Size} bytes.", null);
        }
    }

    private async ValueTask VisitPartAsync(
        FsckPlace place, WalkedRow row, ObjectPart part, bool isCopy, bool contents, CancellationToken cancellationToken)
    {
        if (Torn.Remove(part.Blob))
        {
            findings.Add(place.Finding(FsckFindingKind.TornSuspect, "The blob's own note of its owner cannot be read.", part.Blob));
        }

        switch (await census.ReferAsync(part.Blob, place, cancellationToken))
        {
            case CensusAnswer.OfAnother when !isCopy:
                findings.Add(place.Finding(FsckFindingKind.SharedBlob, "Another key refers to this blob as well.", part.Blob));
                break;
            case CensusAnswer.Missing when !isCopy && !await Contents.ExistsAsync(part.Blob, part.ChunkSize, cancellationToken):
                if (await StandsAsync(place, row, cancellationToken))
                {
                    findings.Add(place.Finding(FsckFindingKind.DanglingReference, "The blob is not there.", part.Blob));
                }

                return;
        }

        if (contents && await Contents.VerifyAsync(part, cancellationToken) is { } fault && await StandsAsync(place, row, cancellationToken))
        {
            findings.Add(place.Finding(FsckFindingKind.DamagedChunk, fault, part.Blob));
        }
    }

    /// <summary>
    /// Whether a row is still as it was met: where servers write meanwhile, what it referred to may have been let go of, and freed.
    /// </summary>
    private async ValueTask<bool> StandsAsync(FsckPlace place, WalkedRow row, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> suffix = row.Suffix.ToArray();
        var read = new KeyRead(ObjectKey.FromStored(row.Key.Span));
        read = row.Section switch
        {
            IndexSection.Version => read with { Version = suffix },
            IndexSection.Upload => read with { Upload = suffix },
            _ => read,
        };
        try
        {
            var rows = await index.ReadAsync(place.Bucket, read, cancellationToken);
            return rows?.Find(new RowAddress(row.Section, suffix)) is { } now && now.Ver == row.Ver;
        }
        catch (CorruptDataException)
        {
            return true;
        }
    }

    private async ValueTask CheckRowAsync(
        FsckPlace place, WalkedRow row, ObjectRecord record, VersionHeads heads, CancellationToken cancellationToken)
    {
        if (row.Section == IndexSection.Version)
        {
            if (await heads.IsFirstWithoutHeadAsync(row.Key, cancellationToken) && await StandsAsync(place, row, cancellationToken))
            {
                Report(place, FsckFindingKind.MissingHead, "The key has version rows and no head.", null);
            }
        }
        else if (record.HasVersionRows && !await heads.HasVersionAsync(row.Key, record, cancellationToken))
        {
            Report(place, FsckFindingKind.MissingVersionRow, "The head's version has no row of its own.", null);
        }
    }

    private async ValueTask CheckBodyAsync(FsckPlace place, WalkedRow row, ObjectRecord record, CancellationToken cancellationToken)
    {
        var read = new KeyRead(
            ObjectKey.FromStored(row.Key.Span), WithBody: true, Version: row.Section == IndexSection.Version ? row.Suffix.ToArray() : null);
        var rows = await index.ReadAsync(place.Bucket, read, cancellationToken);
        if (rows?.Find(new RowAddress(row.Section, row.Suffix)) is not { } found || found.Ver != row.Ver)
        {
            return;
        }

        var expected = record.Size + (record.InlineNonce.IsEmpty ? 0 : Encryption.ChunkCipher.TagLength);
        if (found.Body.Length != expected)
        {
            Report(place, FsckFindingKind.DamagedBody, $"The row holds {found.Body.Length} bytes of {expected}.", null);
        }
    }

    private void Lose(FsckPlace place, string detail)
    {
        SawAll = false;
        Report(place, FsckFindingKind.UnreadableRecord, detail, null);
    }

    /// <summary>What every walk meets again is reported by the first.</summary>
    private void Report(FsckPlace place, FsckFindingKind kind, string detail, BlobId? blob)
    {
        if (ChecksRows)
        {
            findings.Add(place.Finding(kind, detail, blob));
        }
    }
}
