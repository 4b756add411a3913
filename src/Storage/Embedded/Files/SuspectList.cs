using System.Runtime.CompilerServices;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Embedded.Sqlite;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Embedded.Files;

/// <summary>All suspects: the files in the written folders, and the rows that commits made.</summary>
internal sealed class SuspectList(
    BlobPaths paths, BlobHolds holds, HourFolders folders, IoThreads threads, ReaderPool readers, WriterThread writer, ClearedSuspects cleared)
{
    private const int PageSize = 500;

    public BlobHolds Holds => holds;

    public ClearedSuspects Cleared => cleared;

    /// <summary>Suspects named before a time, oldest first: two ordered lists merged.</summary>
    public async IAsyncEnumerable<Suspect> ReadAsync(DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var rows = RowsAsync(before).GetAsyncEnumerator(cancellationToken);
        var more = await rows.MoveNextAsync();
        await foreach (var written in WrittenAsync(before, cancellationToken))
        {
            for (; more && rows.Current.Since < written.Since; more = await rows.MoveNextAsync())
            {
                yield return rows.Current;
            }

            yield return written;
        }

        for (; more; more = await rows.MoveNextAsync())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return rows.Current;
        }
    }

    public async ValueTask MarkAsync(Suspect suspect, DateTimeOffset now, CancellationToken cancellationToken) =>
        await writer.RunAsync(new DelegateJob<bool>(on => on.Suspects.Mark(suspect, now)), cancellationToken);

    public async ValueTask ClearAsync(Suspect suspect)
    {
        if (suspect.Kind == SuspectKind.Written)
        {
            CrashPoint.Hit("suspect-before-keep");
            await threads.RunAsync(() => Keep(suspect.Blob));
            CrashPoint.Hit("suspect-after-keep");
        }

        // A written blob has a row only once it was marked.
        if (suspect.Kind != SuspectKind.Written || suspect.UnreferencedSince is not null)
        {
            cleared.Add(suspect);
        }
    }

    /// <summary>Moves a blob's file to where nobody suspects it.</summary>
    private bool Keep(BlobId blob)
    {
        var (from, to) = (paths.WrittenPath(blob), paths.KeptPath(blob));
        if (!File.Exists(from))
        {
            return false;
        }

        folders.Create(Path.GetDirectoryName(to)!);
        try
        {
            File.Move(from, to);
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException e)
        {
            throw new StoreUnavailableException($"Blob {blob} cannot be moved.", e);
        }

        return true;
    }

    private async IAsyncEnumerable<Suspect> RowsAsync(DateTimeOffset before)
    {
        await ValueTask.CompletedTask;
        Suspect? last = null;
        IReadOnlyList<Suspect> page;
        do
        {
            page = readers.Read((last, before), static (reader, ask) => reader.Suspects.Page(ask.last, ask.before, PageSize));
            foreach (var suspect in page)
            {
                last = suspect;
                if (!cleared.Contains(suspect))
                {
                    yield return suspect;
                }
            }
        }
        while (page.Count == PageSize);
    }

    private async IAsyncEnumerable<Suspect> WrittenAsync(DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var (hour, path) in BlobPaths.Hours(paths.Written))
        {
            if (hour >= before)
            {
                yield break;
            }

            var blobs = await threads.RunAsync(() => BlobPaths.BlobsIn(path));
            foreach (var blob in blobs)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var since = BlobPaths.TimeOf(blob);
                if (since < before && !holds.IsBeingWritten(blob) && await threads.RunAsync(() => Look(blob, since)) is { } suspect)
                {
                    yield return suspect;
                }
            }

            if (blobs.Count == 0 && hour.AddHours(2) < before)
            {
                RemoveEmpty(path);
            }
        }
    }

    /// <summary>
    /// Reads whose blob it is. One whose first pages were never written (neither the owner's nor the first chunk's, which are one write)
    /// was never complete, so nothing refers to it: it goes at once.
    /// </summary>
    private unsafe Suspect? Look(BlobId blob, DateTimeOffset since)
    {
        Span<byte> pages = stackalloc byte[ChunkLayout.Front];
        int read;
        using (var file = Posix.Open(paths.WrittenPath(blob), Posix.ReadOnly))
        {
            if (file.IsInvalid)
            {
                return null;
            }

            fixed (byte* bytes = pages)
            {
                read = Posix.ReadAll(file, bytes, pages.Length, 0);
            }
        }

        if (read >= 0 && OwnerPage.IsBlank(pages[..read]) && holds.IsFree(blob))
        {
            File.Delete(paths.WrittenPath(blob));
            return null;
        }

        var unreferenced = readers.Read((blob, since), static (reader, ask) => reader.Suspects.UnreferencedSince(ask.blob, ask.since));
        return new Suspect(SuspectKind.Written, blob, read < 0 ? null : OwnerPage.Read(pages[..read], blob), since, unreferenced);
    }

    private static void RemoveEmpty(string path)
    {
        try
        {
            Directory.Delete(path);
        }
        catch (IOException)
        {
            // A blob came after all; a writer that finds its folder gone makes it again.
        }
    }
}
