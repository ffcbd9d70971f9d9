using Ledger.CommandLine.Commands;
using Ledger.CommandLine.Hosting;
using Ledger.Contracts.Protos;
using Ledger.Primitives;
using static Ledger.Fuzz.TargetBuilder;

namespace Ledger.Fuzz;

/// <summary>Words of the command line.</summary>
internal static class CommandTargets
{
    private static readonly Func<string?, byte[]> ReadCommitment =
        Hidden.Method<Func<string?, byte[]>>(typeof(RequestOptions), "ReadCommitment");

    private static readonly Func<string, string> ReadUri =
        Hidden.Method<Func<string, string>>(typeof(InstitutionCommands), "ReadUri");

    private static readonly Func<string?, string?, Hash256> ReadChainId =
        Hidden.Method<Func<string?, string?, Hash256>>(typeof(ProfileCommands), "ReadChainId");

    private static readonly Func<string, long> ReadScore =
        Hidden.Method<Func<string, long>>(typeof(ScoreCommand), "ReadScore");

    private static readonly Func<string, PolicyTemplate> ReadTemplate =
        Hidden.Method<Func<string, PolicyTemplate>>(typeof(PolicyCommands), "Read");

    public static IEnumerable<FuzzTarget> All() => [Words(), Templates()];

    private static FuzzTarget Templates() => Plain(
        "policy-template",
        InputKind.Text,
        [
            LedgerSamples.Utf8("""
                {"texts":[{"language":"en","title":"Advice","text":"Teachers read."}],"rights":{"read":true},
                 "signatories":"POLICY_SIGNATORIES_EITHER","daysMax":30,"onwardSteps":1,"purposes":["advice"]}
                """),
        ],
        static bytes => Takes<CommandException>(() => ReadTemplate(TextInput.Of(bytes))),
        new Decoder(typeof(PolicyCommands), "Read"));

    private static FuzzTarget Words() => Plain(
        "command-words",
        InputKind.Text,
        [
            LedgerSamples.Utf8("2027-03-31"), LedgerSamples.Utf8("2027-03-31T12:00:00Z"),
            LedgerSamples.Utf8("9999-12-31"), LedgerSamples.Utf8("read,grant-write"), LedgerSamples.Utf8("viewed 0x34"),
            LedgerSamples.Utf8("52"), LedgerSamples.Utf8("3.2"), LedgerSamples.Utf8(new string('c', 64)),
            LedgerSamples.Utf8("https://school1.example:7001/api"),
        ],
        static bytes =>
        {
            string text = TextInput.Of(bytes);
            return Takes<CommandException>(() => Times.Show(Times.Read(text)))
                | Takes<CommandException>(() => Times.Show(Times.ReadBeginning(text)))
                | Takes<CommandException>(() => PolicyNames.Show(PolicyNames.Read(text)))
                | Takes<CommandException>(() => ReadScore(text))
                | Takes<CommandException>(() => RightsText.Read(text))
                | Takes<CommandException>(() => VerbResolver.Resolve(text))
                | Takes<CommandException>(() => Ids.Read(text))
                | Takes<CommandException>(() => ReadCommitment(text))
                | Takes<CommandException>(() => ReadUri(text))
                | Takes<CommandException>(() => ReadChainId(null, text));
        },
        new Decoder(typeof(Times), nameof(Times.Read)),
        new Decoder(typeof(Times), nameof(Times.ReadBeginning)),
        new Decoder(typeof(PolicyNames), nameof(PolicyNames.Read)),
        new Decoder(typeof(ScoreCommand), "ReadScore"),
        new Decoder(typeof(RightsText), nameof(RightsText.Read)),
        new Decoder(typeof(VerbResolver), "TryReadId"),
        new Decoder(typeof(Ids), nameof(Ids.Read)),
        new Decoder(typeof(RequestOptions), "ReadCommitment"),
        new Decoder(typeof(InstitutionCommands), "ReadUri"),
        new Decoder(typeof(ProfileCommands), "ReadChainId"));
}
