using SQLitePCL;

namespace S3Cassandra.Storage.Embedded.Sqlite;

/// <summary>A SQLite call failed; what that means to the store is decided where it is caught.</summary>
internal sealed class SqliteException(int code, string message) : Exception($"SQLite error {code}: {message}")
{
    /// <summary>The extended result code (https://sqlite.org/rescode.html).</summary>
    public int Code => code;

    public bool IsFull => (code & 0xFF) == raw.SQLITE_FULL;

    public bool IsCorrupt => (code & 0xFF) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>The exception of the seam for a read that failed.</summary>
    public Exception ForReader() => IsCorrupt
        ? new CorruptDataException("The index database is damaged.", this)
        : new StoreUnavailableException("The index database cannot be read.", this);
}
