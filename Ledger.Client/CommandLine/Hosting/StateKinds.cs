using Ledger.Contracts.State;

namespace Ledger.CommandLine.Hosting;

/// <summary>The kinds of keys by the names that the command line gives them: <c>user-index-entry</c>.</summary>
internal static class StateKinds
{
    /// <summary>Short names of the paper.</summary>
    private static readonly (string Name, StateKind Kind)[] ShortNames =
    [
        ("uic", StateKind.UserIndexEntry),
        ("pic", StateKind.ProviderIndexEntry),
    ];

    /// <summary>Every kind, in order of number.</summary>
    public static IReadOnlyList<StateKind> All { get; } = Enum.GetValues<StateKind>();

    /// <summary>The kind of a name.</summary>
    public static StateKind Read(string name)
    {
        foreach ((string known, StateKind kind) in ShortNames.Concat(All.Select(static kind => (NameOf(kind), kind))))
        {
            if (string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        throw CommandException.WrongUse(
            $"{name} is no kind of state. The kinds are: uic, pic, {string.Join(", ", All.Select(NameOf))}.");
    }

    /// <summary>Words in lower case with hyphens.</summary>
    public static string NameOf(StateKind kind) => Hyphenated.Of(kind.ToString());
}
