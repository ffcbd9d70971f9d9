using System.IO.Compression;
using System.Text;

namespace Ledger.Client.Rosters;

/// <summary>The files of a roster: of a folder, or of a ZIP archive as OneRoster's tools write them.</summary>
public static class RosterFiles
{
    /// <summary>The longest file, unpacked: half a million enrolments.</summary>
    public const int FileBytesMax = 64 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>
    /// Reads all CSV files, by their names. Throws <see cref="FormatException"/> when one is too long or the archive
    /// is none, and <see cref="IOException"/> when something cannot be read.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        if (Directory.Exists(path))
        {
            foreach (string file in Directory.GetFiles(path, "*.csv"))
            {
                using FileStream stream = File.OpenRead(file);
                files[Path.GetFileName(file)] = ReadText(stream, Path.GetFileName(file));
            }

            return files;
        }

        try
        {
            using ZipArchive archive = ZipFile.OpenRead(path);
            foreach (ZipArchiveEntry entry in archive.Entries.Where(static one =>
                one.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)))
            {
                using Stream stream = entry.Open();
                files[entry.Name] = ReadText(stream, entry.Name);
            }

            return files;
        }
        catch (InvalidDataException broken)
        {
            throw new FormatException($"{path} is neither a folder nor a ZIP archive: {broken.Message}", broken);
        }
    }

    // What an archive says of a file's length is not believed: it is counted while it is unpacked.
    private static string ReadText(Stream stream, string name)
    {
        using MemoryStream content = new();
        byte[] buffer = new byte[64 * 1024];
        for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            content.Write(buffer, 0, read);
            if (content.Length > FileBytesMax)
            {
                throw new FormatException($"{name} is longer than {FileBytesMax} bytes.");
            }
        }

        try
        {
            return Strict.GetString(content.GetBuffer(), 0, (int)content.Length);
        }
        catch (DecoderFallbackException broken)
        {
            throw new FormatException($"{name} is not text in UTF-8.", broken);
        }
    }
}
