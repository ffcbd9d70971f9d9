using System.CommandLine;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Verbs;

namespace Ledger.CommandLine.Commands;

/// <summary>Who has anchored how many records of a learner and a verb.</summary>
internal static class ContractWritersCommand
{
    public static Command Create(CommandHost host)
    {
        Argument<string> learner = new("LEARNER") { Description = "The address, or me." };
        Argument<string> verb = new("VERB") { Description = "IRI, code or label." };
        return host.Verb(
            "writers",
            "Shows who has anchored how many records of a learner and a verb.",
            "ledger contract writers me passed",
            [learner, verb],
            async (session, cancellation) =>
            {
                LlpcView view = await session.Client.GetLlpcAsync(
                    Parties.Read(session, session.Required(learner)),
                    VerbResolver.Resolve(session.Required(verb)),
                    cancellation).ConfigureAwait(false);
                return new Answer()
                    .Field("learner", Parties.Show(view.Learner))
                    .Field("verb", VerbTable.Standard.Format(view.Verb))
                    .Field("iri", view.Verb)
                    .Table("writers", ["writer", "records", "erased", "last height"], view.Ranges.Select(
                        static one => new object?[]
                        {
                            Parties.Show(one.Writer), one.Range?.Count, one.Range?.Erased, one.Range?.LastHeight,
                        }));
            });
    }
}
