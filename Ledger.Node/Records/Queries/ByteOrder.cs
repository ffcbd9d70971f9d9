using System.Text;

namespace Ledger.Node.Records;

/// <summary>
/// Orders texts by their bytes in UTF-8, as databases do: the order of .NET's own characters is another one where a
/// character needs two of them.
/// </summary>
internal static class ByteOrder
{
    /// <summary>The order.</summary>
    public static IComparer<string> Comparer { get; } = System.Collections.Generic.Comparer<string>.Create(
        static (one, other) => Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other)));
}
