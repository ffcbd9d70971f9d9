using System.Diagnostics.CodeAnalysis;

namespace Ledger.Node.Records.Connectors;

/// <summary>How kinds and states of links are called in commands and answers.</summary>
public static class LinkNames
{
    /// <summary>The kinds' names.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        [Of(LinkKind.PullXapi), Of(LinkKind.PullOpenLrw), Of(LinkKind.ForwardXapi)];

    /// <summary>The name of a kind.</summary>
    public static string Of(LinkKind kind) => kind switch
    {
        LinkKind.PullXapi => "pull-xapi",
        LinkKind.PullOpenLrw => "pull-openlrw",
        LinkKind.ForwardXapi => "forward-xapi",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The name of a state.</summary>
    public static string Of(LinkState state) => state switch
    {
        LinkState.Working => "working",
        LinkState.Failing => "failing",
        LinkState.Open => "open",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>The kind of a name.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out LinkKind? kind)
    {
        kind = Enum.GetValues<LinkKind>().Where(one => Of(one) == name).Cast<LinkKind?>().SingleOrDefault();
        return kind is not null;
    }
}
