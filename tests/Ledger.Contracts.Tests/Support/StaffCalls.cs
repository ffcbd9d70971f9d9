using Ledger.Contracts.Identity;
using Ledger.Contracts.Protos;

namespace Ledger.Contracts.Tests.Support;

/// <summary>Calls about staff and testimonials.</summary>
public static class StaffCalls
{
    public static Operation Appoint(TestParty staff, long joined, long until = 0, params StaffRole[] roles)
    {
        StaffAppoint call = new() { Staff = staff.Address.ToField(), JoinedUnixMs = joined, UntilUnixMs = until };
        call.Roles.AddRange(roles.Length > 0 ? roles : [StaffRole.Teacher]);
        return new Operation { StaffAppoint = call };
    }

    public static Operation Assign(TestParty staff, long from, params StaffRole[] roles)
    {
        StaffAssign call = new() { Staff = staff.Address.ToField(), FromUnixMs = from };
        call.Roles.AddRange(roles.Length > 0 ? roles : [StaffRole.Teacher]);
        return new Operation { StaffAssign = call };
    }

    public static Operation End(TestParty institution, TestParty staff, long left) => new()
    {
        StaffEnd = new StaffEnd
        {
            Institution = institution.Address.ToField(), Staff = staff.Address.ToField(), LeftUnixMs = left,
        },
    };

    public static Operation Testify(TestParty learner, TestParty institution, long dated, string uri = "") => new()
    {
        TestimonialIssue = new TestimonialIssue
        {
            Learner = learner.Address.ToField(),
            Institution = institution.Address.ToField(),
            DatedUnixMs = dated,
            Commitment = Calls.Commitment(20),
            Uri = uri,
        },
    };

    public static Operation Withdraw(TestParty learner, TestParty institution, ulong number) => new()
    {
        TestimonialWithdraw = new TestimonialWithdraw
        {
            Learner = learner.Address.ToField(), Institution = institution.Address.ToField(), Number = number,
        },
    };
}
