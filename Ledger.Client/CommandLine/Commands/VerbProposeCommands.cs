using System.CommandLine;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.Contracts.Protos;

namespace Ledger.CommandLine.Commands;

/// <summary>What a member proposes about the verb registry; the members decide by vote.</summary>
internal static class VerbProposeCommands
{
    public static Command Add(CommandHost host)
    {
        Argument<uint> code = new("CODE") { Description = "A free code from 2000 on." };
        Argument<string> label = new("LABEL") { Description = "What people call it." };
        Argument<string> iri = new("IRI") { Description = "Its exact IRI." };
        Option<string> vocabulary = new("--vocabulary")
        {
            Description = "Whose word it is.", HelpName = "NAME", Required = true,
        };
        return host.Verb(
            "add",
            "Proposes a code for a verb. The others vote: ledger measure vote NUMBER approve",
            "ledger verb add 2000 Highlighted https://bookroll.example/verb/highlighted --vocabulary bookroll",
            [code, label, iri, vocabulary],
            (session, cancellation) => MeasureBook.SendAsync(session, Operations.ChangeVerbs(
                new ChangeVerbs
                {
                    Add =
                    {
                        new VerbEntry
                        {
                            Code = session.Required(code),
                            Label = session.Required(label),
                            Iri = session.Required(iri),
                            Vocabulary = session.Required(vocabulary),
                        },
                    },
                }), cancellation));
    }

    public static Command Join(CommandHost host) => OfPair(
        host,
        "join",
        "Proposes that two verbs mean the same, so that a search for one finds the other. It gives nobody a right. The "
            + "others vote: ledger measure vote NUMBER approve",
        "ledger verb join 0x34 0x48a",
        static pair => new ChangeVerbs { Join = { pair } });

    public static Command Withdraw(CommandHost host) => OfPair(
        host,
        "withdraw",
        "Proposes that two verbs no longer mean the same. The others vote: ledger measure vote NUMBER approve",
        "ledger verb withdraw 0x34 0x48a",
        static pair => new ChangeVerbs { Withdraw = { pair } });

    private static Command OfPair(
        CommandHost host, string name, string description, string example, Func<VerbPair, ChangeVerbs> change)
    {
        Argument<string> one = new("VERB") { Description = "IRI, code or label." };
        Argument<string> other = new("OTHER") { Description = "IRI, code or label." };
        return host.Verb(name, description, example, [one, other], (session, cancellation) =>
            MeasureBook.SendAsync(
                session,
                Operations.ChangeVerbs(change(Operations.VerbPairOf(
                    VerbResolver.Resolve(session.Required(one)), VerbResolver.Resolve(session.Required(other))))),
                cancellation));
    }
}
