using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Objects;
using S3Cassandra.Storage.Uploads;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Tests.Garbage.Simulation;

/// <summary>What clients do in a simulation. Each method is one request; the store's failures end it, as they would.</summary>
internal sealed class SimulatedClients(SimulatedStore store, Random random)
{
    private static readonly ObjectOwner Owner = new("111111111111", new string('a', 64), "arn:aws:iam::111111111111:root");

    private readonly ObjectKey[] _keys = [.. Enumerable.Range(0, 60).Select(number => ObjectKey.Parse($"key-{number}"))];
    private readonly List<(ObjectKey Key, UploadId Id, List<CompletedPart> Parts)> _uploads = [];

    public int ReadsWhole { get; private set; }

    public int ReadsBrokenOff { get; private set; }

    public int Completed { get; private set; }

    /// <summary>Some request, drawn by lot.</summary>
    public Task RequestAsync() => random.Next(20) switch
    {
        < 4 => PutAsync(),
        < 6 => DeleteAsync(),
        < 8 => InitiateAsync(),
        < 12 => UploadPartAsync(),
        < 14 => CompleteAsync(),
        14 => AbortAsync(),
        15 when random.Next(40) == 0 => SetVersioningAsync(),
        _ => ReadAsync(),
    };

    private async Task PutAsync()
    {
        var key = Key();
        var started = store.Time.GetUtcNow();
        await using var stored = await StoreAsync(new BlobOwner(store.Bucket, key, null), started);
        try
        {
            var write = new VersionWrite
            {
                Bucket = store.Bucket,
                Key = key,
                Started = started,
                Version = new ObjectRecord
                {
                    Owner = Owner,
                    ETag = EntityTag.Format(stored.ETagMd5.Span),
                    Size = stored.Part!.Size,
                    Checksum = stored.Digests!.Checksum,
                    Parts = [stored.Part],
                },
                Conditions = random.Next(4) == 0 ? new WriteConditions(IfNoneMatchAny: true) : WriteConditions.None,
            };
            var outcome = await store.Versions.CommitAsync(write, default);
            if (outcome.Status is WriteStatus.Done or WriteStatus.Unknown)
            {
                stored.Keep();
            }
        }
        catch (StoreUnavailableException)
        {
            stored.Keep();
        }
    }

    private async Task DeleteAsync()
    {
        var key = Key();
        VersionId? version = null;
        if (random.Next(2) == 0)
        {
            var rows = await store.Index.ReadAsync(store.Bucket, new KeyRead(key, NewestVersions: 3), default);
            var versions = rows!.Rows.Where(row => row.Address.Section == IndexSection.Version).ToList();
            version = versions.Count == 0 ? null : ObjectRecordCodec.Decode(versions[random.Next(versions.Count)].Record).VersionId;
        }

        await store.Remover.DeleteAsync(store.Bucket, key, version, WriteConditions.None, Owner, default);
    }

    private async Task InitiateAsync()
    {
        var key = Key();
        var outcome = await store.Uploads.InitiateAsync(store.Bucket, key, new UploadRecord { Owner = Owner }, default);
        if (outcome.Status == UploadStatus.Done)
        {
            _uploads.Add((key, outcome.Id, []));
        }
    }

    private async Task UploadPartAsync()
    {
        if (_uploads.Count == 0)
        {
            return;
        }

        var upload = _uploads[random.Next(_uploads.Count)];
        var number = random.Next(1, 6);
        var begun = store.Time.GetUtcNow();
        await using var stored = await StoreAsync(new BlobOwner(store.Bucket, upload.Key, upload.Id), begun);
        var part = new PartRecord
        {
            Size = stored.Part!.Size,
            ETag = EntityTag.Format(stored.ETagMd5.Span),
            LastModified = store.Time.GetUtcNow(),
            Checksum = stored.Digests!.Checksum,
            Crc64Nvme = BinaryPrimitives.ReadUInt64BigEndian(stored.Digests.Checksum.Value.Span),
            Stored = stored.Part with { Number = number },
        };
        try
        {
            var row = new PartRow(number, PartStamp.New(begun), PartRecordCodec.Encode(part), default);
            if (await store.Index.AddPartAsync(store.Bucket, upload.Key, upload.Id, row, default))
            {
                stored.Keep();
                upload.Parts.Add(new CompletedPart(number, part.ETag, []));
            }
        }
        catch (StoreUnavailableException)
        {
            stored.Keep();
        }
    }

    private async Task CompleteAsync()
    {
        if (_uploads.Count == 0)
        {
            return;
        }

        var upload = _uploads[random.Next(_uploads.Count)];
        var parts = upload.Parts.GroupBy(part => part.Number).OrderBy(parts => parts.Key)
            .Select(parts => parts.ElementAt(random.Next(parts.Count()))).ToList();
        if (parts.Count > 0)
        {
            var outcome = await store.Completion.CompleteAsync(
                store.Bucket, upload.Key, upload.Id, new CompleteUpload { Parts = parts }, default);
            Completed += outcome.Status == CompleteStatus.Done ? 1 : 0;
            if (outcome.Status is CompleteStatus.InvalidPart)
            {
                store.Violations.Add($"A part of upload {upload.Id} that was acknowledged is gone");
            }
        }
    }

    private async Task AbortAsync()
    {
        if (_uploads.Count > 0)
        {
            var upload = _uploads[random.Next(_uploads.Count)];
            if (await store.Uploads.AbortAsync(store.Bucket, upload.Key, upload.Id, null, default) is UploadStatus.Done or UploadStatus.NoSuchUpload)
            {
                _uploads.Remove(upload);
            }
        }
    }

    private async Task SetVersioningAsync()
    {
        var now = await store.Index.GetConfigurationAsync(store.Bucket, default);
        var state = random.Next(3) == 0 ? VersioningState.Suspended : VersioningState.Enabled;
        await store.Index.ChangeConfigurationAsync(store.Bucket, now!.Epoch, BucketConfiguration.Encode(state), default);
    }

    /// <summary>A reader gets the whole object that it found, or breaks off because that was replaced long enough ago.</summary>
    private async Task ReadAsync()
    {
        var found = await store.Reader.FindAsync(store.Bucket, Key(), null, withBody: true, default);
        if (found.Status != LookupStatus.Found)
        {
            return;
        }

        var looked = store.Time.GetUtcNow();
        for (var turn = random.Next(4) == 0 ? random.Next(60) : 0; turn > 0; turn--)
        {
            await store.Turns.NextAsync();
        }

        try
        {
            await using var open = await store.Reader.OpenAsync(found, null, 0, found.Object.Size, default);
            if (open is null)
            {
                Excuse(found, looked, "was freed before it was opened");
                return;
            }

            var reader = new SlowReader(store.Turns, random.Next(6) == 0 ? random.Next(60) : 0);
            await open.CopyToAsync(reader, default);
            if (!Crc64Of(reader.Bytes).AsSpan().SequenceEqual(found.Object.Checksum!.Value.Span))
            {
                store.Violations.Add($"{found.Key} was read with wrong bytes");
            }

            ReadsWhole++;
        }
        catch (CorruptDataException exception)
        {
            Excuse(found, looked, exception.Message);
        }
    }

    private void Excuse(ObjectLookup found, DateTimeOffset looked, string reason)
    {
        ReadsBrokenOff++;
        if (store.Time.GetUtcNow() - looked < SimulatedStore.Careful.ReleasedGrace)
        {
            store.Violations.Add($"{found.Key} could not be read, a short time after it was looked up: {reason}");
        }
    }

    private async Task<StoredBody> StoreAsync(BlobOwner owner, DateTimeOffset started)
    {
        var body = new byte[random.Next(1, 600)];
        random.NextBytes(body);
        body[0] = (byte)'b';
        var writer = await store.Blobs.CreateAsync(owner, default);
        for (var (number, offset) = (0, 0); offset < body.Length; number++, offset += 64)
        {
            var length = Math.Min(64, body.Length - offset);
            using var chunk = await store.Blobs.RentChunkAsync(64, default);
            body.AsSpan(offset, length).CopyTo(chunk.Memory.Span);
            await writer.WriteAsync(number, chunk, length, Crc64.HashToUInt64(Crc64ParameterSet.Nvme, body.AsSpan(offset, length)), default);
        }

        await writer.CompleteAsync(default);
        var checksum = new Checksum(ChecksumAlgorithm.Crc64Nvme, ChecksumType.FullObject, Crc64Of(body));
        return new StoredBody(StoredBodyStatus.Stored, started, store.Blobs, writer)
        {
            Digests = new BodyDigests { Length = body.Length, Md5 = MD5.HashData(body), Checksum = checksum },
            ETagMd5 = MD5.HashData(body),
            Part = new ObjectPart(1, writer.Id, 64, body.Length, checksum, default),
        };
    }

    /// <summary>A few keys are busy; the others are left alone for long enough that a late commit still fits.</summary>
    private ObjectKey Key() => _keys[random.Next(random.Next(3) == 0 ? _keys.Length : 5)];

    private static byte[] Crc64Of(byte[] body) => ChecksumHash.Compute(ChecksumAlgorithm.Crc64Nvme, body);
}
