using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Embedded.Files;

/// <summary>Writes one blob's file, made when its first chunk comes. What was handed to a thread is always waited for.</summary>
internal sealed class EmbeddedBlobWriter(EmbeddedBlobStore store, BlobId id, BlobOwner owner) : IBlobWriter
{
    private readonly Lock _gate = new();
    private SafeFileHandle? _file;
    private bool _ownerWritten;
    private bool _completed;
    private bool _ended;

    public BlobId Id => id;

    public async ValueTask WriteAsync(int number, ChunkBuffer buffer, int length, ulong crc64Nvme, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, store.ChunkSize);
        cancellationToken.ThrowIfCancellationRequested();
        store.ThrowIfNotWritable();
        var region = ((PooledChunk)buffer).Region;
        await store.Threads.RunAsync(() => Write(number, region, length, crc64Nvme));
        CrashPoint.Hit("blob-after-chunk");
    }

    public async ValueTask CompleteAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        store.ThrowIfNotWritable();
        if (!_ownerWritten)
        {
            using var buffer = await store.RentChunkAsync(ChunkLayout.Page, cancellationToken);
            var region = ((PooledChunk)buffer).Region;
            await store.Threads.RunAsync(() => WriteOwner(region));
        }

        CrashPoint.Hit("blob-before-sync");
        var file = Open();
        var data = store.Threads.RunAsync(() => Posix.SyncData(file));
        var folder = store.Folders.SyncAsync(Path.GetDirectoryName(store.Paths.WrittenPath(id))!);
        var error = await data;
        await folder;
        if (error != 0)
        {
            throw store.Health.FailedWrite($"fdatasync of blob {id}", error);
        }

        _completed = true;
        CrashPoint.Hit("blob-after-sync");
    }

    public async ValueTask DisposeAsync()
    {
        SafeFileHandle? file;
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            file = _file;
        }

        file?.Dispose();
        if (!_completed && file is not null)
        {
            await store.Threads.RunAsync(() => store.Unlink(id));
        }

        store.EndWriter(id);
    }

    private unsafe bool Write(int number, ChunkRegion region, int length, ulong crc)
    {
        var padded = ChunkLayout.Padded(length);
        new Span<byte>(region.Data + length, padded - length).Clear();
        ChunkPage.Write(new Span<byte>(ChunkLayout.ChunkPageOf(region), ChunkLayout.Page), id, number, length, crc);
        if (number != 0)
        {
            WriteAt(ChunkLayout.ChunkPageOf(region), ChunkLayout.Page + padded, ChunkLayout.SlotOf(number, store.ChunkSize));
            return true;
        }

        OwnerPage.Write(new Span<byte>(ChunkLayout.OwnerPageOf(region), ChunkLayout.Page), id, owner);
        WriteAt(ChunkLayout.OwnerPageOf(region), ChunkLayout.Front + padded, 0);
        return _ownerWritten = true;
    }

    private unsafe bool WriteOwner(ChunkRegion region)
    {
        OwnerPage.Write(new Span<byte>(ChunkLayout.OwnerPageOf(region), ChunkLayout.Page), id, owner);
        WriteAt(ChunkLayout.OwnerPageOf(region), ChunkLayout.Page, 0);
        return _ownerWritten = true;
    }

    private unsafe void WriteAt(byte* start, int count, long offset)
    {
        var error = Posix.WriteAll(Open(), start, count, offset);
        if (error != 0)
        {
            throw store.Health.FailedWrite($"write of blob {id}", error);
        }
    }

    private SafeFileHandle Open()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_ended, this);
            return _file ??= Create();
        }
    }

    private SafeFileHandle Create()
    {
        CrashPoint.Hit("blob-before-create");
        var path = store.Paths.WrittenPath(id);
        while (true)
        {
            store.Folders.Create(Path.GetDirectoryName(path)!);
            var file = Posix.Open(path, Posix.WriteOnly | Posix.Create | Posix.Exclusive | store.DirectFlag);
            if (!file.IsInvalid)
            {
                CrashPoint.Hit("blob-after-create");
                return file;
            }

            var error = Marshal.GetLastPInvokeError();
            file.Dispose();

            // The folder of an hour long past was empty, and the sweeper removed it at this very moment.
            if (error != Posix.NotFound)
            {
                throw store.Health.FailedWrite($"creation of blob {id}", error);
            }
        }
    }
}
