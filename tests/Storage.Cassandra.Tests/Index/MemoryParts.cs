using System.Runtime.CompilerServices;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Cassandra.Tests.Index;

/// <summary><see cref="IPartTable"/> in memory.</summary>
internal sealed class MemoryParts : IPartTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(BucketId Bucket, UploadId Upload), SortedDictionary<(int Number, UInt128 Stamp), PartRow>> _uploads = [];
    private readonly Dictionary<UploadId, UInt128> _fences = [];
    private readonly HashSet<UploadId> _removed = [];

    public ValueTask<bool> AddAsync(BucketId bucket, UploadId upload, PartRow part, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_fences.TryGetValue(upload, out var fence) && part.Stamp < fence)
            {
                return ValueTask.FromResult(false);
            }

            if (!_removed.Contains(upload))
            {
                Of(bucket, upload)[(part.Number, part.Stamp)] = part;
            }

            return ValueTask.FromResult(true);
        }
    }

    public ValueTask<IReadOnlyList<PartRow>> ListAsync(
        BucketId bucket, UploadId upload, int afterNumber, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult<IReadOnlyList<PartRow>>(
                [.. Of(bucket, upload).Values.Where(part => part.Number > afterNumber).Take(limit).Select(part => part with { Body = default })]);
        }
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadBodyAsync(
        BucketId bucket, UploadId upload, int number, UInt128 stamp, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return ValueTask.FromResult(Of(bucket, upload).TryGetValue((number, stamp), out var part) ? part.Body : (ReadOnlyMemory<byte>?)null);
        }
    }

    public ValueTask RemoveAsync(BucketId bucket, UploadId upload, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _removed.Add(upload);
            _uploads.Remove((bucket, upload));
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask FenceAsync(BucketId bucket, UploadId upload, DateTimeOffset before, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _fences[upload] = PartRow.StampAt(before);
        }

        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<(BucketId Bucket, UploadId Upload)> ListUploadsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        List<(BucketId, UploadId)> all;
        lock (_gate)
        {
            all = [.. _uploads.Where(upload => upload.Value.Count > 0).Select(upload => upload.Key)];
        }

        foreach (var upload in all)
        {
            yield return upload;
        }
    }

    private SortedDictionary<(int Number, UInt128 Stamp), PartRow> Of(BucketId bucket, UploadId upload)
    {
        if (!_uploads.TryGetValue((bucket, upload), out var parts))
        {
            _uploads[(bucket, upload)] = parts = [];
        }

        return parts;
    }
}
