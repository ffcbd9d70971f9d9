using System.CommandLine;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>What an institution had stored of a learner before the learner enrolled.</summary>
internal static class EarlierCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> wish = new("WISH")
        {
            Description = "anchor, rest to take it back, or show.", DefaultValueFactory = static _ => "show",
        };
        wish.AcceptOnlyFromAmong("anchor", "rest", "show");
        Option<string> learner = new("--learner")
        {
            Description = "Whose records.", DefaultValueFactory = static _ => "me", HelpName = "ADDRESS",
        };
        return host.Verb(
            "earlier",
            "Says to the institution whose node the profile names whether it anchors what it had stored of you before "
                + "you enrolled there. Such records rest unless you ask for them, and are marked late on the ledger.",
            "ledger learner earlier anchor",
            [wish, learner],
            async (session, cancellation) =>
            {
                Address whose = Parties.Read(session, session.Required(learner));
                string wanted = session.Required(wish);
                EarlierState state = wanted == "show"
                    ? await session.Client.GetEarlierAsync(whose, cancellation).ConfigureAwait(false)
                    : await session.Client.SetEarlierAsync(whose, wanted == "anchor", cancellation)
                        .ConfigureAwait(false);
                return new Answer()
                    .Field("learner", whose.ToString())
                    .Field("earlier records", state.Anchor ? "anchor" : "rest")
                    .Field("asked", state.AskedUnixMs == 0 ? null : Times.Show(state.AskedUnixMs));
            });
    }
}
