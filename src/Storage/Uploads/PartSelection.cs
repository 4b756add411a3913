using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.Storage.Uploads;

/// <summary>
/// The parts that a client names, found among those uploaded: of each number the latest with the ETag that is named, and the checks
/// that S3 makes of the list.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html"/>
public sealed class PartSelection
{
    /// <summary>Of every part but the last.</summary>
    public const long MinPartSize = 5L * 1024 * 1024;

    /// <summary>Of an object.</summary>
    public const long MaxObjectSize = 5L * 1024 * 1024 * 1024 * 1024;

    private readonly IReadOnlyList<CompletedPart> _named;
    private readonly Dictionary<int, int> _places;
    private readonly PartRecord?[] _found;
    private readonly long _minPartSize;

    public PartSelection(IReadOnlyList<CompletedPart> named, long minPartSize)
    {
        _minPartSize = minPartSize;
        _named = named;
        _found = new PartRecord?[named.Count];
        _places = new Dictionary<int, int>(named.Count);
        for (var i = 0; i < named.Count; i++)
        {
            _places[named[i].Number] = i;
        }
    }

    /// <summary>The parts, in order; call once <see cref="Check"/> found nothing.</summary>
    public IReadOnlyList<PartRecord> Parts => _found!;

    public long Size { get; private set; }

    /// <summary>The number of the part at a place of the list.</summary>
    public int NumberOf(int place) => _named[place].Number;

    /// <summary>Takes an uploaded part into account; those of one number come in the order of their stamps.</summary>
    public void Offer(StoredPart part)
    {
        if (_places.TryGetValue(part.Number, out var place)
            && string.Equals(_named[place].ETag, part.Record.ETag, StringComparison.OrdinalIgnoreCase))
        {
            _found[place] = part.Record;
        }
    }

    /// <summary>Whether the numbers rise.</summary>
    public static bool AreInOrder(IReadOnlyList<CompletedPart> parts)
    {
        for (var i = 1; i < parts.Count; i++)
        {
            if (parts[i].Number <= parts[i - 1].Number)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What is wrong with the list; null when nothing is.</summary>
    public CompleteOutcome? Check(UploadRecord upload)
    {
        Size = 0;
        for (var i = 0; i < _named.Count; i++)
        {
            if (_found[i] is not { } part)
            {
                return Fault(CompleteStatus.InvalidPart, i);
            }

            if (CheckChecksum(upload, _named[i], part) is { } fault)
            {
                return Fault(fault, i) with { Algorithm = AlgorithmAtFault(fault, _named[i], part) };
            }

            Size += part.Size;
        }

        for (var i = 0; i < _named.Count - 1; i++)
        {
            if (_found[i]!.Size < _minPartSize)
            {
                return Fault(CompleteStatus.EntityTooSmall, i) with { PartSize = _found[i]!.Size };
            }
        }

        return Size > MaxObjectSize ? new CompleteOutcome(CompleteStatus.EntityTooLarge) : null;
    }

    private static CompleteStatus? CheckChecksum(UploadRecord upload, CompletedPart named, PartRecord part)
    {
        var own = false;
        foreach (var checksum in named.Checksums)
        {
            if (checksum.Algorithm != part.Checksum.Algorithm)
            {
                return CompleteStatus.PartChecksumMismatch;
            }

            if (!checksum.Value.Span.SequenceEqual(part.Checksum.Value.Span))
            {
                return CompleteStatus.InvalidPart;
            }

            own = true;
        }

        return !own && upload.ChecksumAlgorithm is not null && upload.ChecksumType is ChecksumType.Composite
            ? CompleteStatus.PartChecksumMissing
            : null;
    }

    private static ChecksumAlgorithm AlgorithmAtFault(CompleteStatus fault, CompletedPart named, PartRecord part) =>
        fault is CompleteStatus.PartChecksumMismatch ? named.Checksums[0].Algorithm : part.Checksum.Algorithm;

    private CompleteOutcome Fault(CompleteStatus status, int place) =>
        new(status) { PartNumber = _named[place].Number, PartETag = _named[place].ETag };
}
