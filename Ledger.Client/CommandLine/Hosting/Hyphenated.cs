using System.Text;

namespace Ledger.CommandLine.Hosting;

/// <summary>Names of the program as the command line writes them.</summary>
internal static class Hyphenated
{
    /// <summary><c>UserIndexEntry</c> as <c>user-index-entry</c>.</summary>
    public static string Of(string name)
    {
        StringBuilder words = new();
        foreach (char letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0)
            {
                words.Append('-');
            }

            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }
}
