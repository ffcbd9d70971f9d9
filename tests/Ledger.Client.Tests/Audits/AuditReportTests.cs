using Google.Protobuf;
using Ledger.Client.Audits;
using Ledger.Client.Keys;
using Ledger.Client.Tests.Verification;
using Ledger.Client.Transactions;
using Ledger.Client.Verification;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Client.Tests.Audits;

/// <summary>An auditor's report is the auditor's, or it is nothing.</summary>
public sealed class AuditReportTests
{
    private SmallChain chain = null!;

    [SetUp]
    public void Begin()
    {
        chain = new SmallChain();
        chain.Decide([chain.Learner], Operations.UicCreate());
    }

    [TearDown]
    public void Dispose() => chain.Dispose();

    [Test]
    public void A_report_that_the_auditor_signed_verifies_and_tells_what_it_says()
    {
        VerificationReport report = Verify(Signed(Body(), chain.School));

        Assert.That(report.Verdict, Is.EqualTo(Verdict.Passed), Text(report));
        Assert.That(report.Kind, Is.EqualTo("audit"));
        Assert.That(report.Audit!.Operations, Is.EqualTo(1));
        Assert.That(Text(report), Does.Contain("The auditor's word on the blocks 1 to 1"));
    }

    [Test]
    public void Every_byte_of_a_report_is_signed_or_proved()
    {
        byte[] file = new ProofFile { Audit = Signed(Body(), chain.School) }.ToByteArray();
        TrustRoot trust = chain.Trust;
        for (int place = 0; place < file.Length; place++)
        {
            file[place] ^= 0x10;
            VerificationReport report = ProofVerifier.Verify(file, trust);
            Assert.That(report.Verdict, Is.Not.EqualTo(Verdict.Passed), $"byte {place}");
            Assert.That(report.Audit, Is.Null);
            file[place] ^= 0x10;
        }

        Assert.That(ProofVerifier.Verify(file, trust).Verdict, Is.EqualTo(Verdict.Passed));
    }

    [Test]
    public void A_report_signed_by_another_than_it_names_is_refused() =>
        Refused(Signed(Body(), chain.Identities[1]), "signatures");

    [Test]
    public void A_report_that_proves_another_ones_key_is_refused()
    {
        AuditReport report = Signed(Body(), chain.School);
        report.Key = chain.Evidence(StateKeys.SigningKeys(chain.Identities[1].Address).At(1));

        Refused(report, "signatures");
    }

    [Test]
    public void A_report_that_proves_the_counter_or_that_there_is_no_key_is_refused()
    {
        AuditReport report = Signed(Body(), chain.School);
        report.Key = chain.Evidence(StateKeys.SigningKeys(chain.School.Address).Counter);
        Refused(report, "signatures");
        report.Key = chain.Evidence(StateKeys.SigningKeys(chain.School.Address).At(2));
        Refused(report, "signatures");
    }

    [Test]
    public void A_report_about_another_chain_or_without_auditor_or_key_is_refused()
    {
        AuditBody foreign = Body();
        foreign.ChainId = ByteString.CopyFrom(new byte[32]);
        Refused(Signed(foreign, chain.School), "format");
        AuditBody nobody = Body();
        nobody.Auditor = ByteString.Empty;
        Refused(Signed(nobody, chain.School), "format");
        AuditReport keyless = Signed(Body(), chain.School);
        keyless.Key = null;
        Refused(keyless, "format");
        AuditReport later = Signed(Body(), chain.School);
        later.Version = 2;
        Refused(later, "format");
    }

    [Test]
    public void What_members_vote_on_and_keys_are_listed_and_daily_work_is_counted()
    {
        Assert.That(AuditSections.Of(ContractEventKind.SeatsVoted), Is.EqualTo(AuditSection.Votes));
        Assert.That(AuditSections.Of(ContractEventKind.TlsBindingPublished), Is.EqualTo(AuditSection.Keys));
        Assert.That(AuditSections.Of(ContractEventKind.InstitutionRevoked), Is.EqualTo(AuditSection.Closures));
        Assert.That(AuditSections.Of(ContractEventKind.InstitutionAdmitted), Is.EqualTo(AuditSection.Memberships));
        Assert.That(AuditSections.Of(ContractEventKind.RecordsInserted), Is.EqualTo(AuditSection.None));
    }

    private AuditBody Body() => new()
    {
        ChainId = ByteString.CopyFrom(chain.ChainId.ToArray()),
        Auditor = ByteString.CopyFrom(chain.School.Address.ToArray()),
        FromHeight = 1,
        ToHeight = 1,
        Operations = 1,
        Transactions = 1,
    };

    private AuditReport Signed(AuditBody body, SigningKey key)
    {
        byte[] bytes = body.ToByteArray();
        HashBuilder digest = new(Tags.AuditReport, stackalloc byte[HashBuilder.ScratchBytes]);
        digest.Add(chain.ChainId);
        digest.Add(bytes);
        return new AuditReport
        {
            Version = 1,
            Body = ByteString.CopyFrom(bytes),
            Key = chain.Evidence(StateKeys.SigningKeys(chain.School.Address).At(1)),
            Signature = ByteString.CopyFrom(key.Sign(digest.Finish())),
        };
    }

    private void Refused(AuditReport audit, string step)
    {
        VerificationReport report = Verify(audit);
        Assert.That(report.Verdict, Is.EqualTo(Verdict.Failed));
        Assert.That(report.Steps[^1].Name, Is.EqualTo(step), Text(report));
        Assert.That(report.Audit, Is.Null);
    }

    private VerificationReport Verify(AuditReport audit) =>
        ProofVerifier.Verify(new ProofFile { Audit = audit }.ToByteArray(), chain.Trust);

    private static string Text(VerificationReport report) =>
        string.Join('\n', report.Steps.Select(static step => $"{step.Name} {step.Verdict} {step.Sentence}"));
}
