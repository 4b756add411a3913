using System.IO.Pipelines;
using S3Cassandra.Auth.Forms;

namespace S3Cassandra.S3Server.Http.Forms;

/// <summary>An upload form up to its file.</summary>
/// <param name="Fields">The fields before the file, <c>${filename}</c> replaced.</param>
/// <param name="Delimiter">What ends the file.</param>
/// <param name="Rest">The form from the file's first byte on.</param>
internal sealed record UploadForm(FormFields Fields, FormDelimiter Delimiter, PipeReader Rest)
{
    /// <summary>How long the file may be, by the form's policy.</summary>
    public FileLengthRange Length { get; set; } = FileLengthRange.Any;
}
