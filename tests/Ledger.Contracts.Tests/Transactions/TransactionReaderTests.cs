using Google.Protobuf;
using Ledger.Contracts.Identity;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Tests.Support;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Transactions;

[TestFixture]
public sealed class TransactionReaderTests
{
    private static readonly Hash256 Chain = new TestRandom(7).Hash();
    private static readonly TestParty Ann = new("ann");
    private static readonly TestParty Ben = new("ben");

    [Test]
    public void A_right_transaction_is_read()
    {
        SignedTransaction signed = TestTransaction.Sign(Body(), Chain);
        ParsedTransaction read = ReadAll(signed).Transaction!;
        Assert.That(read.Id, Is.EqualTo(TransactionId.Of(Chain, signed.Body.Span)));
        Assert.That(read.Leaf, Is.EqualTo(TransactionId.Leaf(read.Id, TransactionId.OfSignatures(signed.Signatures))));
        Assert.That(read.Signers.Select(signer => signer.Address), Is.EqualTo(new[] { Ann.Address, Ben.Address }));
        Assert.That(read.OperationCount, Is.EqualTo(2));
        Assert.That(read.SignedBytes.ToArray(), Is.EqualTo(signed.ToByteArray()));
    }

    [Test]
    public void Every_flipped_bit_is_refused()
    {
        byte[] genuine = TestTransaction.Sign(Body(), Chain).ToByteArray();
        for (int bit = 0; bit < genuine.Length * 8; bit++)
        {
            byte[] mutant = [.. genuine];
            mutant[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.That(TransactionReader.Read(mutant, Chain, new TestSignatures()).IsRead, Is.False, $"bit {bit}");
        }
    }

    // The parser would believe the second length and make an array of 2 GB: nobody has signed these bytes.
    [Test]
    public void A_body_whose_inner_length_is_near_2_GB_costs_no_memory()
    {
        byte[] body =
            [0x22, 0xff, 0xff, 0xff, 0xff, 0x07, 0x0a, 0x80, 0xfe, 0xff, 0xff, 0x07, 0, 0x11, 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] bytes = new SignedTransaction { Body = ByteString.CopyFrom(body) }.ToByteArray();
        TestSignatures signatures = new();
        TransactionReader.Read(TestTransaction.Sign(Body(), Chain).ToByteArray(), Chain, signatures);

        long before = GC.GetAllocatedBytesForCurrentThread();
        TransactionReading reading = TransactionReader.Read(bytes, Chain, signatures);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(reading.IsRead, Is.False);
        Assert.That(allocated, Is.LessThan(64 * 1024));
    }

    [Test]
    public void A_transaction_of_another_chain_is_refused()
    {
        byte[] bytes = TestTransaction.Sign(Body(), Chain).ToByteArray();
        TransactionReading reading = TransactionReader.Read(bytes, new TestRandom(8).Hash(), new TestSignatures());
        Assert.That(reading.Refusal, Is.EqualTo(TransactionRefusal.WrongSignature));
    }

    [Test]
    public void Signatures_must_be_as_many_as_signers_and_in_their_order()
    {
        SignedTransaction swapped = TestTransaction.Sign(Body(), Chain);
        (swapped.Signatures[0], swapped.Signatures[1]) = (swapped.Signatures[1], swapped.Signatures[0]);
        SignedTransaction fewer = TestTransaction.Sign(Body(), Chain);
        fewer.Signatures.RemoveAt(1);
        SignedTransaction more = TestTransaction.Sign(Body(), Chain);
        more.Signatures.Add(more.Signatures[0]);
        SignedTransaction shorter = TestTransaction.Sign(Body(), Chain);
        shorter.Signatures[0] = ByteString.CopyFrom(shorter.Signatures[0].Span[..63]);
        foreach (SignedTransaction wrong in new[] { swapped, fewer, more, shorter })
        {
            Assert.That(ReadAll(wrong).Refusal, Is.EqualTo(TransactionRefusal.WrongSignature));
        }
    }

    [Test]
    public void Nothing_is_verified_for_what_is_too_large_or_not_canonical()
    {
        TestSignatures verifier = new();
        byte[] oversized = new byte[TransactionLimits.TransactionBytesMax + 1];
        Assert.That(
            TransactionReader.Read(oversized, Chain, verifier).Refusal, Is.EqualTo(TransactionRefusal.Oversized));

        // An unknown field after the known ones.
        byte[] unknown = [.. TestTransaction.Sign(Body(), Chain).ToByteArray(), 0x78, 0x01];
        Assert.That(
            TransactionReader.Read(unknown, Chain, verifier).Refusal, Is.EqualTo(TransactionRefusal.NotCanonical));

        SignedTransaction inner = new() { Body = ByteString.CopyFrom([.. Body().ToByteArray(), 0x78, 0x01]) };
        Assert.That(ReadAll(inner, verifier).Refusal, Is.EqualTo(TransactionRefusal.NotCanonical));
        Assert.That(verifier.Checked, Is.Zero);
    }

    [Test]
    public void The_form_is_judged_after_the_signatures()
    {
        SignedTransaction signed = TestTransaction.Sign(Changed(body => body.Version = 2), Chain);
        signed.Signatures[0] = ByteString.CopyFrom(new byte[64]);
        Assert.That(ReadAll(signed).Refusal, Is.EqualTo(TransactionRefusal.WrongSignature));
    }

    [Test]
    public void Bodies_of_wrong_form_are_refused()
    {
        Refuse(TransactionRefusal.WrongVersion, body => body.Version = 0);
        Refuse(TransactionRefusal.WrongVersion, body => body.Version = 2);
        Refuse(TransactionRefusal.Malformed, body => body.Random = ByteString.CopyFrom(new byte[15]));
        Refuse(TransactionRefusal.Malformed, body => body.LastValidUnixMs = 0);
        Refuse(TransactionRefusal.Malformed, body => body.LastValidUnixMs = -1);
        Refuse(TransactionRefusal.Malformed, body => body.Groups.Clear());
        Refuse(TransactionRefusal.Malformed, body => body.Groups.Add(new Group()));
        Refuse(TransactionRefusal.Malformed, body => body.Groups[0].Operations[0].Actor = 2);
        Refuse(TransactionRefusal.Malformed, body => body.Groups[0].Operations[0].ClearCall());
        Refuse(TransactionRefusal.Malformed, body => body.Signers.Clear());
        Refuse(TransactionRefusal.Malformed, body => body.Signers[1] = body.Signers[0]);
        Refuse(TransactionRefusal.Malformed, body => body.Signers[0].Address = ByteString.Empty);
    }

    [Test]
    public void More_than_the_limits_is_refused_and_the_limits_are_not()
    {
        Refuse(TransactionRefusal.TooManyGroups, body => AddGroups(body, TransactionLimits.GroupsMax));
        Refuse(TransactionRefusal.TooManyOperations, body => AddOperations(body, TransactionLimits.OperationsMax));
        Refuse(TransactionRefusal.TooManySigners, body => AddSigners(body, TransactionLimits.SignersMax));
        Accept(body => AddGroups(body, TransactionLimits.GroupsMax - 1));
        Accept(body => AddOperations(body, TransactionLimits.OperationsMax - 2));
        Accept(body => AddSigners(body, TransactionLimits.SignersMax - 2));
    }

    [Test]
    public void Calls_of_wrong_form_are_refused()
    {
        RegisterInstitution Register(string name, string domain, InstitutionKind kind) =>
            new() { Name = name, Domain = domain, Kind = kind };
        InstitutionKind school = InstitutionKind.LearningProvider;
        foreach (RegisterInstitution call in new[]
        {
            Register("", "a.org", school),
            Register(new string('n', 201), "a.org", school),
            Register("bad\nname", "a.org", school),
            Register(" name", "a.org", school),
            Register("n", "org", school),
            Register("n", "A.org", school),
            Register("n", "-a.org", school),
            Register("n", "a..org", school),
            Register("n", new string('a', 64) + ".org", school),
            Register("n", string.Join('.', Enumerable.Repeat("abcdefgh", 29)), school),
            Register("n", "a.org", InstitutionKind.Unspecified),
            Register("n", "a.org", (InstitutionKind)3),
        })
        {
            RefuseCall(new Operation { RegisterInstitution = call });
        }

        RefuseCall(Calls.Vote(Ann, true, 0));
        RefuseCall(Calls.Endpoint("no scheme"));
        RefuseCall(Calls.Endpoint("https://a.org/" + new string('x', 500)));
        RefuseCall(Calls.Endpoint("https://a.org", EndpointKind.Unspecified));
        RefuseCall(Calls.Endpoint("https://a.org", (EndpointKind)9));
        RefuseCall(Calls.TlsBinding(0));
        RefuseCall(Calls.Create(Ann, ""));
        RefuseCall(Calls.Create(Ann, "completed"));
        RefuseCall(Calls.Create(Ann, "http://a.org/with blank"));
        RefuseCall(Calls.Create(Ann, "http://a.org/<"));
        RefuseCall(Calls.Create(Ann, "http://a.org/" + new string('x', 1024)));
        RefuseCall(Calls.Insert(Ann));
        RefuseCall(Calls.Insert(Ann, [.. Enumerable.Range(0, 1025).Select(number => (ulong)number)]));
        RefuseCall(Calls.Request(Ann, AccessBits.None));
        RefuseCall(Calls.Deny(Ann, 0));
        RefuseCall(Calls.Grant(Ann, Ben, AccessBits.None));
        RefuseCall(Calls.Grant(Ann, Ben, AccessBits.Read, end: -1));
        RefuseCall(Calls.Revoke(Ann, 0));
        RefuseCall(Calls.Renounce(Ann, 0));
        RefuseCall(Calls.Withdraw(Ann, 0));
        RefuseCall(new Operation { LlpcScore = new LlpcScore { Learner = Ann.Address.ToField(), Verb = Calls.Verb } });
    }

    [Test]
    public void Parts_of_calls_of_wrong_length_are_refused()
    {
        void RefuseWith<T>(Operation operation, T call, Action<T> change)
        {
            change(call);
            RefuseCall(operation);
        }

        ByteString wrong = ByteString.CopyFrom(new byte[31]);
        Operation key = Calls.EncryptionKey(Ann);
        RefuseWith(key, key.PublishEncryptionKey, call => call.PublicKey = wrong);
        Operation binding = Calls.TlsBinding(1);
        RefuseWith(binding, binding.PublishTlsBinding, call => call.BindingHash = ByteString.Empty);
        Operation enrol = Calls.Enrol(Ann, Ben);
        RefuseWith(enrol, enrol.Enrol, call => call.Institution = wrong);
        Operation insert = Calls.Insert(Ann, 1);
        RefuseWith(insert, insert.LlpcInsert, call => call.Records[0].Commitment = wrong);
        insert = Calls.Insert(Ann, 1);
        RefuseWith(insert, insert.LlpcInsert, call => call.Records[0].Locator.HashedId = wrong);
        insert = Calls.Insert(Ann, 1);
        RefuseWith(insert, insert.LlpcInsert, call => call.Records[0].Locator = null);
        insert = Calls.Insert(Ann, 1);
        RefuseWith(insert, insert.LlpcInsert, call => call.Records[0].Locator.QueryTemplate = 0);
        Operation request = Calls.Request(Ann, AccessBits.Read);
        RefuseWith(request, request.LlpcRequest, call => call.Purpose = wrong);
        Operation grant = Calls.Grant(Ann, Ben, AccessBits.Read);
        RefuseWith(grant, grant.LlpcGrant, call => call.Limits = wrong);
        grant = Calls.Grant(Ann, Ben, AccessBits.Read);
        RefuseWith(grant, grant.LlpcGrant, call => call.Policy = new PolicyName { Number = 1 });
        request = Calls.Request(Ann, AccessBits.Read);
        RefuseWith(request, request.LlpcRequest, call => call.Policy = new PolicyName { Version = 1 });
        Operation score = Calls.SealedScore(Ann, 1);
        RefuseWith(score, score.LlpcScore, call => call.Sealed = wrong);
        Operation revoke = Calls.Revoke(Ann, 1);
        RefuseWith(revoke, revoke.LlpcRevoke, call => call.Institution = Ben.Address.ToField());
    }

    [Test]
    public void Time_is_valid_from_two_minutes_before_the_last_valid_time_until_it()
    {
        const long time = 1_000_000;
        Assert.That(TransactionRules.CheckTime(time - 1, time), Is.EqualTo(TransactionRefusal.Expired));
        Assert.That(TransactionRules.CheckTime(time, time), Is.Null);
        Assert.That(TransactionRules.CheckTime(time + 120_000, time), Is.Null);
        Assert.That(TransactionRules.CheckTime(time + 120_001, time), Is.EqualTo(TransactionRefusal.TooFarAhead));
        Assert.That(TransactionRules.CheckTime(long.MaxValue, time), Is.EqualTo(TransactionRefusal.TooFarAhead));
        Assert.That(TransactionRules.CheckTime(long.MaxValue, long.MaxValue), Is.Null);
    }

    [Test]
    public void A_signer_must_be_known_by_its_key_or_derive_from_it()
    {
        TestLedger ledger = new(Ann);
        TransactionBody body = TestTransaction.Body(1, ledger.TimeMs, [Ben], [Calls.Settle()]);
        ParsedTransaction right = TestTransaction.Read(body, ledger.ChainId).Transaction!;
        Assert.That(TransactionRules.Check(right, ledger.State, 1, ledger.TimeMs), Is.Null);

        // Ben's signature in Ann's name; and in the name of an address that nobody has.
        foreach (Address stolen in new[] { Ann.Address, new Address(new TestRandom(1).Hash()) })
        {
            body.Signers[0].Address = stolen.ToField();
            ParsedTransaction wrong = TestTransaction.Read(body, ledger.ChainId).Transaction!;
            Assert.That(
                TransactionRules.Check(wrong, ledger.State, 1, ledger.TimeMs),
                Is.EqualTo(TransactionRefusal.UnknownSigner));
        }
    }

    [Test]
    public void Every_refusal_says_in_plain_words_what_to_do()
    {
        string[] texts = [.. Enum.GetValues<TransactionRefusal>().Select(TransactionRefusalText.Of)];
        Assert.That(texts, Is.Unique);
        Assert.That(texts, Has.All.EndsWith("."));
    }

    private static TransactionBody Body() =>
        TestTransaction.Body(1, 5_000, [Ann, Ben], [Calls.UicCreate(), Calls.Settle().By(1)]);

    private static TransactionBody Changed(Action<TransactionBody> change)
    {
        TransactionBody body = Body();
        change(body);
        return body;
    }

    private static TransactionReading ReadAll(SignedTransaction signed, TestSignatures? verifier = null) =>
        TransactionReader.Read(signed.ToByteArray(), Chain, verifier ?? new TestSignatures());

    private static void Refuse(TransactionRefusal refusal, Action<TransactionBody> change) =>
        Assert.That(TestTransaction.Read(Changed(change), Chain).Refusal, Is.EqualTo(refusal));

    private static void Accept(Action<TransactionBody> change) =>
        Assert.That(TestTransaction.Read(Changed(change), Chain).IsRead, Is.True);

    private static void RefuseCall(Operation operation)
    {
        TransactionBody body = TestTransaction.Body(1, 5_000, [Ann], [operation]);
        Assert.That(
            TestTransaction.Read(body, Chain).Refusal,
            Is.EqualTo(TransactionRefusal.Malformed),
            operation.ToString());
    }

    private static void AddGroups(TransactionBody body, int count)
    {
        for (int group = 0; group < count; group++)
        {
            body.Groups.Add(new Group { Operations = { Calls.Settle() } });
        }
    }

    private static void AddOperations(TransactionBody body, int count)
    {
        for (int operation = 0; operation < count; operation++)
        {
            body.Groups[0].Operations.Add(Calls.Settle());
        }
    }

    private static void AddSigners(TransactionBody body, int count)
    {
        for (int signer = 0; signer < count; signer++)
        {
            TestParty party = new($"signer {signer}");
            body.Signers.Add(new Signer { Address = party.Address.ToField(), PublicKey = party.Key.ToField() });
        }
    }
}
