namespace S3Cassandra.Storage.Garbage;

/// <summary>Hands findings on and counts them.</summary>
internal sealed class FsckFindings(Action<FsckFinding> found)
{
    public int Damage { get; private set; }

    public int Repaired { get; private set; }

    public void Add(FsckFinding finding)
    {
        if (finding.IsDamage)
        {
            Damage++;
            Repaired += finding.Repaired ? 1 : 0;
        }

        found(finding);
    }
}
