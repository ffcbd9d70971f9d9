using Ledger.Primitives;

namespace Ledger.CommandLine.Hosting;

/// <summary>Reads ids of transactions.</summary>
internal static class Ids
{
    /// <summary>64 hexadecimal digits; throws <see cref="CommandException"/>.</summary>
    public static Hash256 Read(string text) => Hash256.TryParse(text, out Hash256 id)
        ? id
        : throw CommandException.WrongUse($"{text} is not a transaction id: it has 64 hexadecimal digits.");
}
