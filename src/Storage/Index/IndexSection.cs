namespace S3Cassandra.Storage.Index;

/// <summary>The kinds of rows that a bucket's index holds. Rows order by (section, key, suffix), bytes compared as unsigned.</summary>
public enum IndexSection
{
    /// <summary>The current object of a key; empty suffix. Shown by listings.</summary>
    Head = 0,

    /// <summary>One row per version and delete marker of a versioned key; suffix = version id, newest first.</summary>
    Version = 1,

    /// <summary>In place of the head where the current version is a delete marker; empty suffix.</summary>
    HiddenHead = 2,

    /// <summary>One row per multipart upload under way; suffix = upload id.</summary>
    Upload = 3,
}
