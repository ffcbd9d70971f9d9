using System.CommandLine;
using Ledger.Client.Boxes;
using Ledger.Client.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Hosting;

/// <summary>
/// What commands that ask a box have in common: of whom, which verbs, whose box, what for, within which limits.
/// </summary>
internal sealed class BoxQueryOptions
{
    private readonly Argument<string> learner = new("LEARNER") { Description = "The address, or me." };

    private readonly Argument<string[]> verbs = new("VERB")
    {
        Description = "IRIs, codes or labels.", Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> from = new("--from")
    {
        Description = "The institution to ask.", HelpName = "ADDRESS|DOMAIN", Required = true,
    };

    private readonly Option<string> purpose = new("--purpose")
    {
        Description = "What for: a label of the grant's limits or policy.", DefaultValueFactory = static _ => "",
    };

    private readonly LimitsKey openings = new(
        "--opening", "The limits of your grant, as its grantor sealed them to you.");

    /// <summary>Where the box answers, if not as the ledger says.</summary>
    public Option<string?> Box { get; } = new("--box")
    {
        Description = "Where its box answers, if not as the ledger says.", HelpName = "URI",
    };

    /// <summary>The arguments and options.</summary>
    public IReadOnlyList<Symbol> All => [learner, verbs, from, Box, purpose, .. openings.All];

    /// <summary>The question, at no older state than the profile's node has.</summary>
    public async Task<BoxQuery> ReadAsync(Session session, CancellationToken cancellation)
    {
        Address institution = await Parties.ReadInstitutionAsync(session, session.Required(from), cancellation)
            .ConfigureAwait(false);
        BoxQuery query = new(
            institution,
            Parties.Read(session, session.Required(learner)),
            session.Required(verbs).Select(VerbResolver.Resolve))
        {
            Purpose = session.Get(purpose) ?? string.Empty,
            HeightMin = (await session.Client.GetStatusAsync(cancellation).ConfigureAwait(false)).Height,
        };
        return query with { Openings = await OpenAsync(session, query, cancellation).ConfigureAwait(false) };
    }

    // A file of limits is for one contract; with several verbs it is that of whichever it opens.
    private async Task<IReadOnlyList<LimitsOpening>> OpenAsync(
        Session session, BoxQuery query, CancellationToken cancellation)
    {
        if (query.Verbs.Count > 1 && openings.IsGiven(session))
        {
            throw CommandException.WrongUse("Limits are of one verb: ask for it alone with --opening.");
        }

        return await openings.OpenAsync(session, new LlpcName(query.Learner, query.Verbs[0]), cancellation)
            .ConfigureAwait(false);
    }
}
