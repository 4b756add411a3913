using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Index;

/// <summary>What to read of one key. The head, shown or hidden, is always read.</summary>
/// <param name="Key">The key.</param>
/// <param name="WithBody">Whether bodies that live in rows are wanted.</param>
/// <param name="Version">A row of <see cref="IndexSection.Version"/> to read as well, by its suffix; empty for none.</param>
/// <param name="Upload">A row of <see cref="IndexSection.Upload"/> to read as well, by its suffix; empty for none.</param>
/// <param name="NewestVersions">How many of the key's newest version rows to read as well; 0 for none.</param>
/// <param name="ExpectsHead">A hint: the head is probably there and shown, so an index may look for that alone first.</param>
/// <param name="ForCommit">
/// Nothing but a commit on the condition of what is read comes of it, so an index may answer what it takes the head to be: a commit is refused
/// where it is wrong.
/// </param>
public readonly record struct KeyRead(
    ObjectKey Key,
    bool WithBody = false,
    ReadOnlyMemory<byte> Version = default,
    ReadOnlyMemory<byte> Upload = default,
    int NewestVersions = 0,
    bool ExpectsHead = false,
    bool ForCommit = false);
