using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Contract.Faults;

/// <summary>A blob writer whose calls meet the faults of a plan.</summary>
internal sealed class FaultyBlobWriter(IBlobWriter inner, FaultPlan plan) : IBlobWriter
{
    public BlobId Id => inner.Id;

    public async ValueTask WriteAsync(int number, ChunkBuffer buffer, int length, ulong crc64Nvme, CancellationToken cancellationToken)
    {
        // Never later: the buffer is the caller's again once the task ends.
        var fault = await plan.NextAsync("Blobs.WriteAsync");
        if (fault is Fault.None or Fault.UnavailableApplied or Fault.UnknownApplied)
        {
            await inner.WriteAsync(number, buffer, length, crc64Nvme, cancellationToken);
        }

        if (fault != Fault.None)
        {
            throw fault == Fault.Full
                ? new StoreFullException("Blobs.WriteAsync: injected.")
                : new StoreUnavailableException("Blobs.WriteAsync: injected.");
        }
    }

    public ValueTask CompleteAsync(CancellationToken cancellationToken) =>
        plan.RunAsync("Blobs.CompleteAsync", () => inner.CompleteAsync(cancellationToken));

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
