using System.CommandLine;
using Ledger.Client.Protos;

namespace Ledger.CommandLine.Hosting;

/// <summary>The options that say which records of the node's store are meant.</summary>
internal sealed class RecordFilters
{
    private readonly Option<string?> type = new("--type") { Description = "Only xapi, or only caliper." };
    private readonly Option<string?> account = new("--account")
    {
        Description = "Only of this account, as the store keeps it: HOMEPAGE|NAME.", HelpName = "ACCOUNT",
    };
    private readonly Option<string?> verb = new("--verb")
    {
        Description = "Only with exactly this verb: IRI, code or label.", HelpName = "VERB",
    };
    private readonly Option<string?> since = new("--since")
    {
        Description = "Only what was stored after this time or from this day on.", HelpName = "TIME",
    };
    private readonly Option<string?> until = new("--until")
    {
        Description = "Only what was stored until this time or day.", HelpName = "TIME",
    };

    public RecordFilters()
    {
        type.AcceptOnlyFromAmong("xapi", "caliper");
    }

    /// <summary>The options.</summary>
    public Symbol[] All => [type, account, verb, since, until];

    /// <summary>The search that they describe.</summary>
    public RecordSearch Read(Session session) => new()
    {
        Type = session.Get(type) ?? "",
        Account = session.Get(account) ?? "",
        Verb = session.Get(verb) is { } named ? VerbResolver.Resolve(named) : "",
        SinceUnixMs = session.Get(since) is { } from ? Math.Max(Times.ReadBeginning(from) - 1, 0) : 0,
        UntilUnixMs = session.Get(until) is { } to ? Times.Read(to) : 0,
    };
}
