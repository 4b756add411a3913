namespace S3Cassandra.Reliability.Tests.PowerLoss;

/// <summary>One file's bytes: what is kept, and the writes that nobody has synced yet.</summary>
internal sealed class FileState
{
    private readonly List<FileOperation> _kept = [];

    public List<FileOperation> Pending { get; } = [];

    /// <summary>A sync that began at this time: what had ended before it is kept.</summary>
    public void Keep(double start)
    {
        _kept.AddRange(Pending.Where(operation => operation.End <= start));
        Pending.RemoveAll(operation => operation.End <= start);
    }

    public byte[] Lose(LossMode mode, Random random, int sector)
    {
        var content = new MemoryStream();
        _kept.ForEach(operation => Write(content, operation, operation.Data.Length));
        if (mode == LossMode.Everything)
        {
            return content.ToArray();
        }

        foreach (var operation in Pending)
        {
            if (mode == LossMode.Zeros)
            {
                Extend(content, operation);
                continue;
            }

            var fate = random.Next(4);
            var arrived = fate < 2 ? operation.Data.Length : random.Next((operation.Data.Length / sector) + 1) * sector;
            if (fate != 3)
            {
                Write(content, operation, Math.Min(arrived, operation.Data.Length));
            }
        }

        return content.ToArray();
    }

    private static void Write(MemoryStream content, FileOperation operation, int count)
    {
        if (operation.Kind == FileOperationKind.Resize)
        {
            content.SetLength(operation.Offset);
            return;
        }

        if (count > 0)
        {
            content.Position = operation.Offset;
            content.Write(operation.Data, 0, count);
        }
    }

    private static void Extend(MemoryStream content, FileOperation operation)
    {
        var length = operation.Kind == FileOperationKind.Resize ? operation.Offset : Math.Max(content.Length, operation.Offset + operation.Data.Length);
        content.SetLength(length);
    }
}
