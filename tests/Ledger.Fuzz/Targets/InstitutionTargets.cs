using System.Text;
using Ledger.Client.Claims;
using Ledger.Client.Costs;
using Ledger.Client.Institutions;
using Ledger.Client.Nodes;
using Ledger.CommandLine.Commands;
using Ledger.CommandLine.Hosting;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Primitives;
using static Ledger.Fuzz.TargetBuilder;

namespace Ledger.Fuzz;

/// <summary>What institutions publish and hand to their learners, and words for places of the ledger.</summary>
internal static class InstitutionTargets
{
    private static readonly Func<string, byte[]> ReadKey =
        Hidden.Method<Func<string, byte[]>>(typeof(ContractProveCommand), "ReadKey");

    private static readonly Func<string, Address, PublicKeyBytes> ReadGuardianKey =
        Hidden.Method<Func<string, Address, PublicKeyBytes>>(typeof(Parties), nameof(Parties.ReadKey));

    private static readonly Func<string, int, string, byte[]> ReadHex =
        Hidden.Method<Func<string, int, string, byte[]>>(typeof(RecoveryCommands), "ReadHex");

    public static IEnumerable<FuzzTarget> All() =>
        [DomainFiles(), ContactCards(), Testimonials(), ClaimCodes(), Sheets(), Places(), Events(), Tariffs()];

    private static FuzzTarget DomainFiles() => Plain(
        "domain-file",
        InputKind.Text,
        [
            DomainFile.Create(
                LedgerSamples.Chain.ChainId,
                "school1.example",
                LedgerSamples.Chain.School.Address,
                LedgerSamples.Chain.School).ToBytes(),
        ],
        static bytes => DomainFile.TryParse(bytes) is { } file
            && DomainFile.Judge(bytes, file.ChainId, file.Domain, file.Address, file.PublicKey) >= 0,
        new Decoder(typeof(DomainFile), nameof(DomainFile.TryParse)));

    private static FuzzTarget ContactCards() => Plain(
        "contact-card",
        InputKind.Text,
        [new ContactCard("Registrar", "registrar@school1.example", "+81 75", "mornings").ToBytes()],
        static bytes => ContactCard.TryParse(bytes) is { } card && card.ToBytes().Length > 0,
        new Decoder(typeof(ContactCard), nameof(ContactCard.TryParse)));

    private static FuzzTarget Testimonials() => File(
        "testimonial-file",
        "letter.testimonial",
        [
            FileTargets.Written("letter.testimonial", static path => TestimonialFile.Create(
                LedgerSamples.Chain.Learner.Address,
                LedgerSamples.Chain.School.Address,
                7,
                "She learns well.").Write(path)),
        ],
        static path => Takes<FormatException>(() => TestimonialFile.Read(path).Commitment.ToString()),
        new Decoder(typeof(TestimonialFile), nameof(TestimonialFile.Read)),
        new Decoder(typeof(TestimonialFile), nameof(TestimonialFile.TryParse)));

    private static FuzzTarget ClaimCodes() => Plain(
        "claim-code",
        InputKind.Text,
        [Encoding.UTF8.GetBytes(Code().ToString())],
        static bytes =>
        {
            bool taken = ClaimCode.TryParse(TextInput.Of(bytes), out ClaimCode code);
            FuzzViolation.Unless(
                !taken
                || (ClaimCode.TryParse(code.ToString(), out ClaimCode again) && again.ToString() == code.ToString()),
                "a code that does not read as it is written");
            return taken;
        },
        new Decoder(typeof(ClaimCode), nameof(ClaimCode.TryParse)));

    private static FuzzTarget Sheets() => Plain(
        "claim-sheet",
        InputKind.Text,
        [
            Encoding.UTF8.GetBytes($"claim,code,account\n1,{Code()},https://moodle.school1.example|jo\n"),
            Encoding.UTF8.GetBytes("https://moodle.school1.example|jo,\"https://bookroll.school1.example|a,b\"\n"),
        ],
        static bytes => Takes<FormatException>(() => ClaimSheet.Read(TextInput.Of(bytes)))
            | Takes<FormatException>(() => ClaimSheet.ReadAccounts(TextInput.Of(bytes))),
        new Decoder(typeof(ClaimSheet), nameof(ClaimSheet.Read)),
        new Decoder(typeof(ClaimSheet), nameof(ClaimSheet.ReadAccounts)));

    private static FuzzTarget Places() => Plain(
        "places",
        InputKind.Text,
        [
            Encoding.UTF8.GetBytes("12"), Encoding.UTF8.GetBytes("12:3"), Encoding.UTF8.GetBytes("30ab"),
            Encoding.UTF8.GetBytes("access-granted"), Encoding.UTF8.GetBytes("user-index-entry"),
            Encoding.UTF8.GetBytes(LedgerSamples.Chain.School.PublicKey.ToString()),
        ],
        static bytes =>
        {
            string text = TextInput.Of(bytes);
            return (EventPosition.TryParse(text, out EventPosition position) && position.ToString().Length > 0)
                | Takes<CommandException>(() => ReadKey(text))
                | Takes<CommandException>(() => ReadGuardianKey(text, LedgerSamples.Chain.School.Address))
                | Takes<CommandException>(() => ReadHex(text, PublicKeyBytes.Size, "--key"))
                | Takes<CommandException>(() => EventKinds.NameOf(EventKinds.Read(text)))
                | Takes<CommandException>(() => StateKinds.NameOf(StateKinds.Read(text)));
        },
        new Decoder(typeof(EventPosition), nameof(EventPosition.TryParse)),
        new Decoder(typeof(ContractProveCommand), "ReadKey"),
        new Decoder(typeof(Parties), nameof(Parties.ReadKey)),
        new Decoder(typeof(RecoveryCommands), "ReadHex"),
        new Decoder(typeof(EventKinds), nameof(EventKinds.Read)),
        new Decoder(typeof(StateKinds), nameof(StateKinds.Read)));

    private static FuzzTarget Tariffs() => Plain(
        "tariff",
        InputKind.Text,
        [
            Encoding.UTF8.GetBytes("""
                {"currency":"EUR","bytes":{"price":0.25,"unit":"GB"},"work":{"price":4e-2,"unit":"million"},
                 "base":{"price":15,"unit":"month"},"copies":4}
                """),
        ],
        static bytes => Takes<FormatException>(() =>
        {
            Tariff tariff = Tariff.Parse(bytes);
            FuzzViolation.Unless(
                tariff.Of(new Usage { Bytes = 7, WorkUnits = 9 }, 1, isInstitution: true).Total >= 0,
                "a price below nothing");
        }),
        new Decoder(typeof(Tariff), nameof(Tariff.Parse)),
        new Decoder(typeof(Tariff), "Deserialize"));

    private static FuzzTarget Events() => Parsed(
        "contract-event",
        EventMessage.Parser,
        [
            ContractEventCodec.ToMessage(new ContractEvent(ContractEventKind.AccessGranted)
            {
                Actor = LedgerSamples.Chain.School.Address,
                Learner = LedgerSamples.Chain.Learner.Address,
            }),
        ],
        static message => ContractEventCodec.TryRead(message, out ContractEvent? one)
            && ContractEventCodec.ToMessage(one).CalculateSize() >= 0,
        new Decoder(typeof(ContractEventCodec), nameof(ContractEventCodec.TryRead)),
        new Decoder(typeof(ContractEventCodec), "TryReadAddress"));

    private static ClaimCode Code() => ClaimCode.Of(new byte[ClaimCode.Size]);
}
