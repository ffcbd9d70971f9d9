using System.Text;
using Ledger.Client.Keys;

namespace Ledger.Node.Integrity;

/// <summary>
/// A mark, beside the data folder, that files of the database are damaged beneath what was healed, or that something
/// derived is: the next start writes the store anew.
/// </summary>
public static class RepairMark
{
    /// <summary>What the mark's name adds to that of the data folder.</summary>
    public const string Suffix = ".repair-wanted";

    /// <summary>The mark of a data folder.</summary>
    public static string PathOf(string folder) => Path.TrimEndingDirectorySeparator(folder) + Suffix;

    /// <summary>Whether it is set.</summary>
    public static bool IsSet(string folder) => File.Exists(PathOf(folder));

    /// <summary>Sets it, with what was found first.</summary>
    public static void Set(string folder, string what)
    {
        if (!IsSet(folder))
        {
            AtomicFile.Write(PathOf(folder), Encoding.UTF8.GetBytes(what + "\n"), overwrite: true);
        }
    }

    /// <summary>Takes it away.</summary>
    public static void Clear(string folder) => File.Delete(PathOf(folder));
}
