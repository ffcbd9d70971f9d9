using Ledger.Client.Claims;
using Ledger.Client.Keys;
using Ledger.Contracts.Identity;

namespace Ledger.Client.Tests.Claims;

public sealed class ClaimCodeTests
{
    [Test]
    public void A_code_is_read_back_however_a_person_types_it()
    {
        for (int count = 0; count < 1_000; count++)
        {
            ClaimCode code = ClaimCode.Create();
            string text = code.ToString();
            Assert.That(text, Does.Match("^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$"));
            foreach (string typed in new[]
            {
                text,
                text.ToLowerInvariant(),
                text.Replace('-', ' '),
                text.Replace("-", "", StringComparison.Ordinal),
                text.Replace('0', 'O').Replace('1', 'l'),
            })
            {
                Assert.That(ClaimCode.TryParse(typed, out ClaimCode read), Is.True, typed);
                Assert.That(read.ToClaim(), Is.EqualTo(code.ToClaim()));
            }
        }
    }

    [Test]
    public void What_is_mistyped_is_no_code()
    {
        string text = ClaimCode.Of(new byte[ClaimCode.Size]).ToString();
        Assert.That(ClaimCode.TryParse(text, out _), Is.True);
        foreach (string wrong in new[] { "", "ABCD", text[..^1], text + "0", text[..^1] + "U", 'Z' + text[1..] })
        {
            Assert.That(ClaimCode.TryParse(wrong, out _), Is.False, wrong);
        }

        int missed = Enumerable.Range(0, 26).Count(place =>
        {
            char[] signs = text.Replace("-", "", StringComparison.Ordinal).ToCharArray();
            signs[place] = '7';
            return ClaimCode.TryParse(new string(signs), out _);
        });
        Assert.That(missed, Is.LessThanOrEqualTo(1), "two check signs miss one error of 1,024");
    }

    // The bytes that a code, its key and its claim are: what was printed on paper stays good.
    [Test]
    public void A_code_and_its_claim_never_change()
    {
        ClaimCode code = ClaimCode.Of(Convert.FromHexString("000102030405060708090a0b0c0d0e0f"));
        using SigningKey key = code.ToKey();
        Assert.That(code.ToClaim(), Is.EqualTo(LearnerDigests.ClaimOf(key.PublicKey)));
        Assert.That(code.ToString(), Is.EqualTo(GoldenText));
        Assert.That(code.ToClaim().ToString(), Is.EqualTo(GoldenClaim));
    }

    private const string GoldenText = "0004-1061-050R-3GG2-8A1C-60T3-GFRE";
    private const string GoldenClaim = "2578876d139808681b300f5a989d0a94127bc357811f501862cffe20582cf8f5";

    [Test]
    public void A_sheet_of_codes_is_for_its_owner_alone_and_read_back()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        AnnouncedLearner[] learners =
        [
            new(0, ClaimCode.Create(), ["https://moodle.example|jo, \"the\" student", "mbox|mailto:jo@example.org"]),
            new(17, ClaimCode.Create(), ["https://moodle.example|an"]),
        ];
        try
        {
            ClaimSheet.Write(path, learners, overwrite: false);
            IReadOnlyList<AnnouncedLearner> read = ClaimSheet.Read(File.ReadAllText(path));
            Assert.That(read.Select(one => one.Claim), Is.EqualTo(new ulong[] { 0, 17 }));
            Assert.That(
                read.Select(one => one.Code.ToString()), Is.EqualTo(learners.Select(one => one.Code.ToString())));
            Assert.That(read[0].Accounts, Is.EqualTo(learners[0].Accounts));
            Assert.Throws<IOException>(() => ClaimSheet.Write(path, learners, overwrite: false));
            if (!OperatingSystem.IsWindows())
            {
                Assert.That(
                    File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Lists_of_accounts_are_one_learner_a_line()
    {
        IReadOnlyList<IReadOnlyList<string>> learners =
            ClaimSheet.ReadAccounts("https://a|jo,mbox|mailto:jo@a.org\r\n\"https://a|x, y\"\n\n");
        Assert.That(learners, Has.Count.EqualTo(2));
        Assert.That(learners[0], Is.EqualTo(new[] { "https://a|jo", "mbox|mailto:jo@a.org" }));
        Assert.That(learners[1], Is.EqualTo(new[] { "https://a|x, y" }));
        Assert.Throws<FormatException>(() => ClaimSheet.ReadAccounts("jo"));
        Assert.Throws<FormatException>(() => ClaimSheet.ReadAccounts("https://a|jo,"));
        Assert.Throws<FormatException>(() => ClaimSheet.Read("nothing"));
        Assert.Throws<FormatException>(() => ClaimSheet.Read("claim,code,account\n1,ABC,https://a|jo\n"));
    }
}
