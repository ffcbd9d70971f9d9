using System.Globalization;
using Ledger.Contracts.Execution;

namespace Ledger.CommandLine.Hosting;

/// <summary>The kinds of events by the names that the command line gives them: <c>access-granted</c>.</summary>
internal static class EventKinds
{
    /// <summary>The kind of a name.</summary>
    public static ContractEventKind Read(string name)
    {
        foreach (ContractEventKind kind in Enum.GetValues<ContractEventKind>())
        {
            if (string.Equals(NameOf(kind), name, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        string known = string.Join(", ", Enum.GetValues<ContractEventKind>().Select(NameOf));
        throw CommandException.WrongUse($"{name} is no kind of event. The kinds are: {known}.");
    }

    /// <summary>Words in lower case with hyphens; a kind that this program does not know by its number.</summary>
    public static string NameOf(ContractEventKind kind) => Enum.IsDefined(kind)
        ? Hyphenated.Of(kind.ToString())
        : string.Create(CultureInfo.InvariantCulture, $"event-{(int)kind}");
}
