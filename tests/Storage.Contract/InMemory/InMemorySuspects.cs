using S3Cassandra.Storage.Blobs;

namespace S3Cassandra.Storage.Contract.InMemory;

/// <summary>The suspects of an <see cref="InMemoryStore"/>; called under its lock.</summary>
internal sealed class InMemorySuspects(TimeProvider clock)
{
    private readonly Dictionary<(SuspectKind Kind, Guid Id, UInt128 Upload), Suspect> _named = [];

    public void Name(SuspectKind kind, Identifiers.BlobId blob, BlobOwner owner) =>
        _named[IdOf(kind, blob, owner)] = new Suspect(kind, blob, owner, clock.GetUtcNow(), null);

    public void Mark(Suspect suspect, DateTimeOffset now)
    {
        var id = IdOf(suspect.Kind, suspect.Blob, suspect.Owner);
        if (_named.TryGetValue(id, out var found))
        {
            _named[id] = found with { UnreferencedSince = now };
        }
    }

    public void Clear(Suspect suspect) => _named.Remove(IdOf(suspect.Kind, suspect.Blob, suspect.Owner));

    public void Tear(Identifiers.BlobId blob)
    {
        var id = (SuspectKind.Written, blob.Value, UInt128.Zero);
        _named[id] = _named[id] with { Owner = null };
    }

    public void ClearWritten(Identifiers.BlobId blob) => _named.Remove((SuspectKind.Written, blob.Value, 0));

    public List<Suspect> Before(DateTimeOffset before) =>
        [.. _named.Values.Where(suspect => suspect.Since < before).OrderBy(suspect => suspect.Since)];

    private static (SuspectKind Kind, Guid Id, UInt128 Upload) IdOf(SuspectKind kind, Identifiers.BlobId blob, BlobOwner? owner) =>
        kind == SuspectKind.EndedUpload ? (kind, Guid.Empty, owner?.Upload?.Value ?? 0) : (kind, blob.Value, 0);
}
