using Google.Protobuf;
using Ledger.Contracts.Identity;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Contracts.Tests.Support;

/// <summary>One line per call.</summary>
public static class Calls
{
    public const string Verb = "http://adlnet.gov/expapi/verbs/completed";

    public static Operation Register(TestParty who, InstitutionKind kind = InstitutionKind.LearningProvider) =>
        new() { RegisterInstitution = new RegisterInstitution { Name = who.Name, Domain = who.Domain, Kind = kind } };

    public static Operation Vote(TestParty candidate, bool approve, ulong ballot = 1) => new()
    {
        VoteInstitution = new VoteInstitution
        {
            Candidate = candidate.Address.ToField(),
            Ballot = ballot,
            Approve = approve,
        },
    };

    public static Operation Endpoint(string uri, EndpointKind kind = EndpointKind.Api) =>
        new() { PublishEndpoint = new PublishEndpoint { Kind = kind, Uri = uri } };

    public static Operation EncryptionKey(TestParty key) =>
        new() { PublishEncryptionKey = new PublishEncryptionKey { PublicKey = key.Key.ToField() } };

    public static Operation TlsBinding(ulong number) => new()
    {
        PublishTlsBinding = new PublishTlsBinding { Number = number, BindingHash = Commitment(number) },
    };

    public static Operation Enrol(TestParty learner, TestParty institution) => new()
    {
        Enrol = new Enrol { Learner = learner.Address.ToField(), Institution = institution.Address.ToField() },
    };

    public static Operation EndEnrolment(TestParty learner, TestParty institution) => new()
    {
        EndEnrolment = new EndEnrolment
        {
            Learner = learner.Address.ToField(),
            Institution = institution.Address.ToField(),
        },
    };

    public static Operation UicCreate() => new() { UicCreate = new UicCreate() };

    public static Operation UicInsert(TestParty learner, string verb = Verb) =>
        new() { UicInsert = new UicInsert { Learner = learner.Address.ToField(), Verb = verb } };

    public static Operation PicCreate() => new() { PicCreate = new PicCreate() };

    public static Operation PicInsert(TestParty learner, string verb = Verb) =>
        new() { PicInsert = new PicInsert { Learner = learner.Address.ToField(), Verb = verb } };

    public static Operation Create(TestParty learner, string verb = Verb) =>
        new() { LlpcCreate = new LlpcCreate { Learner = learner.Address.ToField(), Verb = verb } };

    public static Operation Insert(TestParty learner, params ulong[] statements) => Insert(learner, Verb, statements);

    public static Operation Insert(TestParty learner, string verb, params ulong[] statements)
    {
        LlpcInsert insert = new() { Learner = learner.Address.ToField(), Verb = verb };
        insert.Records.AddRange(statements.Select(statement => Record(statement, statement)));
        return new Operation { LlpcInsert = insert };
    }

    public static Operation InsertEntry(TestParty learner, RecordEntry entry, string verb = Verb) => new()
    {
        LlpcInsert = new LlpcInsert { Learner = learner.Address.ToField(), Verb = verb, Records = { entry } },
    };

    public static RecordEntry Record(ulong statement, ulong content) => new()
    {
        Locator = new Locator
        {
            Lrs = 1,
            QueryTemplate = 1,
            KeyVersion = 1,
            HashedId = ByteString.CopyFrom(new TestRandom(statement).Bytes(16)),
        },
        Commitment = Commitment(content),
    };

    public static ByteString Commitment(ulong content) => new TestRandom(~content).Hash().ToField();

    public static Operation Request(TestParty learner, AccessBits bits, string verb = Verb) => new()
    {
        LlpcRequest = new LlpcRequest { Learner = learner.Address.ToField(), Verb = verb, Rights = bits.ToMessage() },
    };

    public static Operation Deny(TestParty learner, ulong request, string verb = Verb) => new()
    {
        LlpcDeny = new LlpcDeny { Learner = learner.Address.ToField(), Verb = verb, Request = request },
    };

    public static Operation Withdraw(TestParty learner, ulong request, string verb = Verb) => new()
    {
        LlpcWithdraw = new LlpcWithdraw { Learner = learner.Address.ToField(), Verb = verb, Request = request },
    };

    public static Operation Approve(TestParty learner, TestParty grantee, AccessBits bits, ulong request)
    {
        Operation grant = Grant(learner, grantee, bits);
        grant.LlpcGrant.Request = request;
        return grant;
    }

    /// <summary>Erases leaves of the actor's range, by what stands beside them in the leaves that it has.</summary>
    public static Operation Erase(TestParty learner, IReadOnlyList<IRangeLeaf> range, params ulong[] indexes)
    {
        LlpcErase erase = new() { Learner = learner.Address.ToField(), Verb = Verb };
        erase.Records.AddRange(indexes.Select(index => (RecordLeaf)range[(int)index]).Select(leaf => new ErasedEntry
        {
            Index = leaf.Index, Height = leaf.Height, Locator = leaf.Locator, Commitment = leaf.Commitment,
        }));
        erase.Path.AddRange(new RangeProver([.. range.Select(leaf => leaf.LeafHash)]).ProveAll(indexes));
        return new Operation { LlpcErase = erase };
    }

    public static Operation Upgrade(uint version, ulong height) => new()
    {
        MeasurePropose = new MeasurePropose
        {
            Measure = new Measure { Upgrade = new UpgradeRules { Version = version, Height = height } },
        },
    };

    public static Operation SealedScore(TestParty learner, ulong index) => new()
    {
        LlpcScore = new LlpcScore
        {
            Learner = learner.Address.ToField(), Verb = Verb, Index = index, Sealed = Commitment(index),
        },
    };

    public static Operation Score(TestParty learner, ulong index, long raw, long min, long max) => new()
    {
        LlpcScore = new LlpcScore
        {
            Learner = learner.Address.ToField(),
            Verb = Verb,
            Index = index,
            Public = new PublicScore { Raw = raw, Min = min, Max = max, Success = raw >= min },
        },
    };

    public static Operation Grant(
        TestParty learner, TestParty grantee, AccessBits bits, ulong parent = 0, long end = 0) =>
        new()
        {
            LlpcGrant = new LlpcGrant
            {
                Learner = learner.Address.ToField(),
                Verb = Verb,
                Grantee = grantee.Address.ToField(),
                Rights = bits.ToMessage(),
                Parent = parent,
                EndUnixMs = end,
            },
        };

    public static Operation Revoke(TestParty learner, ulong grant) =>
        new() { LlpcRevoke = new LlpcRevoke { Learner = learner.Address.ToField(), Verb = Verb, Grant = grant } };

    public static Operation RevokeDefault(TestParty learner, TestParty institution) => new()
    {
        LlpcRevoke = new LlpcRevoke
        {
            Learner = learner.Address.ToField(),
            Verb = Verb,
            Institution = institution.Address.ToField(),
        },
    };

    public static Operation Renounce(TestParty learner, ulong grant) =>
        new() { LlpcRenounce = new LlpcRenounce { Learner = learner.Address.ToField(), Verb = Verb, Grant = grant } };

    public static Operation Propose(Measure measure) =>
        new() { MeasurePropose = new MeasurePropose { Measure = measure } };

    public static Operation VoteOn(ulong measure, bool approve = true) =>
        new() { MeasureVote = new MeasureVote { Measure = measure, Approve = approve } };

    public static Operation Suspend(TestParty who) => Propose(new Measure
    {
        Suspend = new SuspendInstitution { Institution = who.Address.ToField() },
    });

    public static Operation Reinstate(TestParty who) => Propose(new Measure
    {
        Reinstate = new ReinstateInstitution { Institution = who.Address.ToField() },
    });

    public static Operation Close(TestParty who) => Propose(new Measure
    {
        Close = new CloseInstitution { Institution = who.Address.ToField() },
    });

    public static Operation Leave() => new() { MembershipLeave = new MembershipLeave() };

    public static Operation Rotate(TestLedger ledger, TestParty who, PublicKeyBytes key, ulong number = 2)
    {
        Hash256 digest = KeyDigests.OfRotation(ledger.ChainId, who.Address, number);
        return new Operation
        {
            RotateKey = new RotateKey
            {
                Number = number,
                NewKey = key.ToField(),
                Proof = ByteString.CopyFrom(TestSignatures.Sign(key, digest)),
            },
        };
    }

    public static Operation Settle() => new() { Settle = new Settle() };

    public static Operation PublishPlan(uint noticeDays = 30) => new()
    {
        CustodyPublishPlan = new CustodyPublishPlan
        {
            Name = "Archive",
            TermsUri = "https://archive.example.org/terms",
            Terms = Commitment(1),
            NoticeDays = noticeDays,
        },
    };

    public static Operation WithdrawPlan(ulong plan) =>
        new() { CustodyWithdrawPlan = new CustodyWithdrawPlan { Plan = plan } };

    public static Operation OfferCustody(TestParty client, TestParty provider, ulong plan = 1) => new()
    {
        CustodyOffer = new CustodyOffer
        {
            Client = client.Address.ToField(),
            Provider = provider.Address.ToField(),
            Plan = plan,
        },
    };

    public static Operation AcceptCustody(
        TestParty client, TestParty provider, ulong agreement = 1, ulong plan = 1) => new()
        {
            CustodyAccept = new CustodyAccept
            {
                Client = client.Address.ToField(),
                Provider = provider.Address.ToField(),
                Agreement = agreement,
                Plan = plan,
            },
        };

    public static Operation EndCustody(TestParty client, TestParty provider, ulong agreement = 1) => new()
    {
        CustodyEnd = new CustodyEnd
        {
            Client = client.Address.ToField(),
            Provider = provider.Address.ToField(),
            Agreement = agreement,
        },
    };

    public static Operation ConfirmCustody(TestParty learner, TestParty writer, ulong count, string verb = Verb) =>
        new()
        {
            CustodyConfirm = new CustodyConfirm
            {
                Learner = learner.Address.ToField(),
                Verb = verb,
                Writer = writer.Address.ToField(),
                Count = count,
            },
        };

    public static Operation TrailAppend(TestParty learner, params ulong[] reads)
    {
        TrailAppend append = new() { Learner = learner.Address.ToField() };
        append.Commitments.AddRange(reads.Select(Commitment));
        return new Operation { TrailAppend = append };
    }

    public static Operation By(this Operation operation, uint actor)
    {
        operation.Actor = actor;
        return operation;
    }
}
