/* SPDX-License-Identifier: Apache-2.0
 *
 * Leases that share a lock, as the scripts keep them: readers, permits, one that has the lock alone, and the way from
 * alone to shared. Safety: who has the lock alone has it alone, and no more share it than may.
 *
 * Time is ticks that pass at any moment, so a command, its reply, a message or a whole node may be late by any number
 * of them. Clocks do not drift and the client's margin is 0. Each of N nodes makes up to GEN acquisitions, each with a
 * token of its own and of any kind. Node 0 is slow in everything; the others' commands are executed at once (SLOW
 * makes more of them slow), while their messages and timers are late, too.
 *
 * L lease, A life of a place in the queue, FMAX grants in all, PERMITS the most that may share by permit (0: none ask),
 * CRASHES, COPIES delayed copies of commands, LOSSES lost commands or replies.
 * Messages are lost at will.
 * Mutants, each of which must be found: M_BESIDE M_CLIENTCLOCK M_DOWNCMP M_VALUE M_LIMIT M_NOPROOF M_EAGER M_HANDON
 * M_RELALL
 */
#ifndef N
#define N 3
#endif
#ifndef L
#define L 2
#endif
#ifndef A
#define A 2
#endif
#ifndef GEN
#define GEN 1
#endif
#ifndef FMAX
#define FMAX 4
#endif
#ifndef PERMITS
#define PERMITS 0
#endif
#ifndef CRASHES
#define CRASHES 0
#endif
#ifndef COPIES
#define COPIES 0
#endif
#ifndef LOSSES
#define LOSSES 0
#endif
#ifndef SLOW
#define SLOW 1
#endif
#define NT (N*GEN)
#define NODE(t) (((t)-1)/GEN)
#define MANY 9                                          /* the limit of those that read */

mtype = { NOBODY, ONTHEWAY, ANSWERED };                 /* a connection */
mtype = { ACQ, REF, REN, REL, DOWN };                   /* what it carries */
mtype = { GRANTED, QUEUED, GONE, DONE };                /* what comes back */
mtype = { IDLE, WAIT, HELD, RELG, DEAD };               /* a node */

/* The store: key l as token (0 none, STAR shared) and its time to live, zset x as the ends, list q, hash w. */
#define STAR 99
byte lock, ttl, lockF, fence;
byte end_[NT+1], shareF[NT+1];
byte qn, q[NT], alive[NT+1], limit[NT+1];
/* The nodes: rem what is left of the lease as the node counts it, base the age of what it counts a push from. */
mtype st[N] = IDLE; byte tok[N], gen[N], rem[N], base[N], proof[N], myF[N];
bool queued[N], alone[N], down[N];
byte crashes, copies, losses;
/* Connections: two a node, at most one of them not given up. */
mtype cst[2*N] = NOBODY; mtype cty[2*N], crep[2*N]; byte ctok[2*N], cage[2*N], cf[2*N]; bool cab[2*N];
chan inbox[N] = [2] of { byte, byte };

/* ---------------------------------------------------------------- what must hold */
#define HAS(n) (st[n]==HELD && rem[n]>0)
inline check() {
  ka=0; ks=0; kn=0; kp=0;
  do :: kn<N ->
        if :: HAS(kn) && alone[kn] -> ka++
           :: HAS(kn) && !alone[kn] -> ks++;
              if :: limit[tok[kn]]==PERMITS && PERMITS>0 -> kp++ :: else fi
           :: else fi; kn++
     :: else -> break od;
  assert(ka<=1 && (ka==0 || ks==0));
  assert(PERMITS==0 || kp<=PERMITS);
  ka=0; ks=0; kn=0; kp=0 }

/* ---------------------------------------------------------------- the scripts, each within one atomic step */
inline unshare(t) { end_[t]=0; shareF[t]=0;
#ifdef M_RELALL
  lock=0; ttl=0 }
#else
  sharers(); sh=0 }
#endif
/* how many share; a lock that one has alone counts as ALONE */
#define ALONE 50
inline sharers() {
  if :: lock==0 -> sh=0
     :: lock!=0 && lock!=STAR -> sh=ALONE
     :: else -> sh=0; m=1; do :: m<=NT -> if :: end_[m]>0 -> sh++ :: else fi; m++ :: else -> break od; m=0;
        if :: sh==0 -> lock=0; ttl=0 :: else fi fi }
inline share(t) { end_[t]=L; lock=STAR;
#ifdef M_VALUE
  if :: ttl==0 -> ttl=L :: else fi
#else
  if :: ttl<L -> ttl=L :: else fi
#endif
  }
inline inq(t) { k=0; b=0; do :: k<qn -> if :: q[k]==t -> b=1 :: else fi; k++ :: else -> break od; k=0 }
inline remq(t) { k=0; j=0; do :: k<qn -> if :: q[k]!=t -> q[j]=q[k]; j++ :: else fi; k++ :: else -> break od;
  do :: qn>j -> qn--; q[qn]=0 :: else -> break od; k=0; j=0; alive[t]=0 }
#ifdef M_LIMIT
#define ROOM(t) (sh==0 || (sh!=ALONE && limit[t]>0))
#else
#ifdef M_BESIDE
#define ROOM(t) (sh==0 || limit[t]>0)
#else
#define ROOM(t) (sh==0 || (sh!=ALONE && limit[t]>0 && sh<limit[t]))
#endif
#endif
/* takes rm out of the queue; then, if sv, grants to those at the head while there is room; me, the caller, needs no push */
inline serve() {
  do :: rm!=0 -> remq(rm); rm=0
     :: rm==0 && sv && qn>0 && alive[q[0]]==0 -> rm=q[0]
     :: rm==0 && sv && qn>0 && alive[q[0]]>0 ->
        sharers(); c=q[0];
        if :: fence<FMAX && ROOM(c) ->
              fence++; rm=c;
              if :: limit[c]==0 -> lock=c; ttl=L; lockF=fence
                 :: else -> share(c); shareF[c]=fence fi;
              if :: c==me -> skip
                 :: c!=me && full(inbox[NODE(c)]) -> skip
                 :: c!=me && nfull(inbox[NODE(c)]) -> inbox[NODE(c)]!c,fence fi
           :: else -> sv=0 fi; c=0; sh=0
     :: rm==0 && (!sv || qn==0) -> break od;
  sv=0 }
#define MINE(t) (lock==t || (lock==STAR && end_[t]>0))

inline script(s) {
  t=ctok[s]; sv=0; me=0;
  if
  :: (cty[s]==ACQ || cty[s]==REF) && lock==t -> crep[s]=GRANTED; cf[s]=lockF; ttl=L
  :: (cty[s]==ACQ || cty[s]==REF) && lock==STAR && end_[t]>0 -> crep[s]=GRANTED; cf[s]=shareF[t]; ren=t
  :: (cty[s]==ACQ || cty[s]==REF) && !MINE(t) ->
     inq(t);
     if :: cty[s]==REF && !b -> crep[s]=GONE
        :: else -> if :: !b -> q[qn]=t; qn++ :: else fi; alive[t]=A; sv=1; me=t
     fi
  :: cty[s]==REN && lock==t -> ttl=L; crep[s]=DONE
  :: cty[s]==REN && lock==STAR && end_[t]>0 -> ren=t; crep[s]=DONE
  :: cty[s]==REN && !MINE(t) -> crep[s]=GONE
#ifdef M_DOWNCMP
  :: cty[s]==DOWN && lock!=0 && lock!=STAR ->
#else
  :: cty[s]==DOWN && lock==t ->
#endif
     shareF[t]=lockF; lockF=0; ren=t; sv=1; crep[s]=DONE
  :: cty[s]==DOWN && lock==STAR && end_[t]>0 -> ren=t; sv=1; crep[s]=DONE
  :: cty[s]==DOWN && !MINE(t) -> crep[s]=GONE
  :: cty[s]==REL && lock==t -> lock=0; ttl=0; lockF=0; sv=1; crep[s]=DONE
  :: cty[s]==REL && lock==STAR && end_[t]>0 -> unshare(t); sv=1; crep[s]=DONE
  :: cty[s]==REL && !MINE(t) -> inq(t); if :: b -> rm=t; sv=(lock==STAR) :: else fi; crep[s]=GONE
  fi;
  if :: ren!=0 -> share(ren); ren=0 :: else fi;
  serve();
  if :: me!=0 && MINE(me) -> crep[s]=GRANTED; if :: lock==STAR -> cf[s]=shareF[me] :: else -> cf[s]=lockF fi
     :: me!=0 && !MINE(me) -> crep[s]=QUEUED; cf[s]=fence
     :: else fi;
  b=0; me=0; t=0; if :: cab[s] -> clear(s) :: else -> cst[s]=ANSWERED fi }

/* ---------------------------------------------------------------- connections */
#define OPEN(s) (cst[s]!=NOBODY && !cab[s])
#define QUIET(n) (!OPEN(2*(n)) && !OPEN(2*(n)+1))
#define FREE(n) (cst[2*(n)]==NOBODY || cst[2*(n)+1]==NOBODY)
inline clear(s) { cst[s]=NOBODY; cty[s]=0; crep[s]=0; ctok[s]=0; cage[s]=0; cf[s]=0; cab[s]=0 }
inline send(n, ty, tk) {
  if :: cst[2*n]==NOBODY -> x=2*n :: else -> assert(cst[2*n+1]==NOBODY); x=2*n+1 fi;
  cst[x]=ONTHEWAY; cty[x]=ty; ctok[x]=tk; cage[x]=0; cab[x]=0; crep[x]=0; cf[x]=0; x=0 }
inline drop(s) { if :: !OPEN(s) -> skip
  :: OPEN(s) && cst[s]==ONTHEWAY && copies<COPIES -> copies++; cab[s]=1; cage[s]=0
  :: OPEN(s) && !(cst[s]==ONTHEWAY && copies<COPIES) -> clear(s) fi }
inline abandon(n) { drop(2*n); drop(2*n+1) }

active proctype Store() {
  byte s,t,k,j,c,m,sh,me,rm,ren; bool b,sv;
  end: do
  :: atomic {
       if :: cst[0]==ONTHEWAY -> s=0
          :: cst[1]==ONTHEWAY -> s=1
#if SLOW>1
          :: cst[2]==ONTHEWAY -> s=2
          :: cst[3]==ONTHEWAY -> s=3
#endif
       fi;
       d_step { script(s); s=0 } }
  od }

active proctype Time() {
  byte i;
  end: do :: d_step {
    if :: ttl>0 -> ttl--; if :: ttl==0 -> lock=0; lockF=0; i=1;
                                 do :: i<=NT -> end_[i]=0; shareF[i]=0; i++ :: else -> break od :: else fi :: else fi;
    i=1; do :: i<=NT -> if :: alive[i]>0 -> alive[i]-- :: else fi;
                        if :: end_[i]>0 -> end_[i]--; if :: end_[i]==0 -> shareF[i]=0 :: else fi :: else fi; i++
            :: else -> break od;
    i=0; do :: i<N -> if :: rem[i]>0 -> rem[i]-- :: else fi;
                      if :: st[i]==WAIT && base[i]<L -> base[i]++ :: else fi; i++ :: else -> break od;
    i=0; do :: i<2*N -> if :: cst[i]!=NOBODY && !cab[i] && cage[i]<L -> cage[i]++ :: else fi; i++ :: else -> break od;
    i=0 } od }

/* ---------------------------------------------------------------- the client's rules */
inline leave(n) { st[n]=IDLE; tok[n]=0; rem[n]=0; myF[n]=0; base[n]=0; proof[n]=0; queued[n]=0; alone[n]=0; down[n]=0 }
inline hold(n, f, r) { st[n]=HELD; rem[n]=r; myF[n]=f; base[n]=0; proof[n]=0; queued[n]=0; alone[n]=(limit[tok[n]]==0) }
inline startrel(n) { st[n]=RELG; rem[n]=0; myF[n]=0; base[n]=0; proof[n]=0; queued[n]=0; alone[n]=0; down[n]=0 }
inline anykind(tk) {
  if :: limit[tk]=0 :: limit[tk]=MANY
#if PERMITS>0
     :: limit[tk]=PERMITS
#endif
  fi }
inline fresh(n) { gen[n]++; tok[n]=n*GEN+gen[n]; anykind(tok[n]); st[n]=WAIT }
inline reply(n, s) {
  if
  :: st[n]==WAIT && crep[s]==GRANTED ->
#ifdef M_CLIENTCLOCK
       a=0;
#else
       a=cage[s];
#endif
       f=cf[s]; clear(s); if :: a<L -> hold(n,f,L-a) :: else -> startrel(n) fi
  :: st[n]==WAIT && crep[s]==QUEUED -> base[n]=cage[s]; proof[n]=cf[s]; queued[n]=1; clear(s)
  :: st[n]==WAIT && crep[s]==GONE -> clear(s); leave(n)
  :: st[n]==HELD && crep[s]==DONE -> a=cage[s];
       if :: cty[s]==DOWN -> alone[n]=0; down[n]=0 :: else fi; clear(s);
       if :: rem[n]>0 && L-a>rem[n] -> rem[n]=L-a :: else fi
  :: st[n]==HELD && crep[s]==GONE -> clear(s); leave(n)
  :: st[n]==RELG -> clear(s); leave(n)
  :: else -> clear(s)
  fi; a=0; f=0; check() }
inline told(n) {
  if
#ifdef M_NOPROOF
  :: st[n]==WAIT && pt==tok[n] ->
#else
  :: st[n]==WAIT && pt==tok[n] && f>proof[n] ->
#endif
       a=base[n]; if :: a<L -> abandon(n); hold(n,f,L-a) :: else -> skip fi
  :: else -> skip
  fi; a=0; f=0; pt=0; check() }

active [SLOW] proctype Slow() {
  byte x,a,f,pt,n,ka,ks,kn,kp; n=_pid-2;
  end: do
  /* not a d_step, which would make the choice of the kind for good */
  :: atomic { st[n]==IDLE && gen[n]<GEN && FREE(n) && QUIET(n) -> fresh(n); send(n,ACQ,tok[n]) }
  :: d_step { OPEN(2*n) && cst[2*n]==ANSWERED -> reply(n,2*n) }
  :: d_step { OPEN(2*n+1) && cst[2*n+1]==ANSWERED -> reply(n,2*n+1) }
  :: d_step { !QUIET(n) && st[n]!=IDLE && st[n]!=DEAD && copies<COPIES -> abandon(n) }
  :: d_step { OPEN(2*n) && losses<LOSSES -> losses++; clear(2*n) }
  :: d_step { OPEN(2*n+1) && losses<LOSSES -> losses++; clear(2*n+1) }
  :: d_step { inbox[n]?[pt,f] -> inbox[n]?pt,f; pt=0; f=0 }
  :: d_step { st[n]!=DEAD && inbox[n]?[pt,f] -> inbox[n]?pt,f; told(n) }
  :: d_step { st[n]==WAIT && QUIET(n) && FREE(n) -> if :: queued[n] -> send(n,REF,tok[n]) :: else -> send(n,ACQ,tok[n]) fi }
  :: d_step { st[n]==WAIT -> abandon(n); if :: FREE(n) -> pt=tok[n]; startrel(n); send(n,REL,pt); pt=0 :: else -> leave(n) fi }
  :: d_step { HAS(n) && QUIET(n) && FREE(n) -> send(n,REN,tok[n]) }
  :: d_step { HAS(n) && alone[n] && !down[n] && QUIET(n) && FREE(n) ->
       down[n]=1;
#ifndef M_EAGER
       /* From the send on nobody may count on having it alone: an unanswered downgrade may have been done. */
       alone[n]=0;
#endif
       send(n,DOWN,tok[n]) }
#ifdef M_HANDON
  /* a right whose downgrade was not answered is handed to the next of this JVM as if it were had alone */
  :: d_step { HAS(n) && down[n] && !alone[n] -> alone[n]=1; check() }
#endif
  :: d_step { st[n]==HELD -> abandon(n); if :: FREE(n) -> pt=tok[n]; startrel(n); send(n,REL,pt); pt=0 :: else -> leave(n) fi }
  :: d_step { st[n]==RELG && QUIET(n) -> leave(n) }
  :: d_step { st[n]==RELG && QUIET(n) && FREE(n) && tok[n]!=0 -> send(n,REL,tok[n]) }
  :: d_step { st[n]!=DEAD && crashes<CRASHES -> crashes++; abandon(n); leave(n); st[n]=DEAD; gen[n]=GEN }
  od }

#if SLOW<N
active [N-SLOW] proctype Prompt() {
  byte x,a,f,pt,n,s,t,k,j,c,m,sh,me,rm,ren,ka,ks,kn,kp; bool b,sv; mtype ty; n=_pid-2;
  end: do
  :: atomic {
       if :: st[n]==IDLE && gen[n]<GEN -> fresh(n); ty=ACQ; pt=tok[n]
          :: st[n]==WAIT -> if :: queued[n] -> ty=REF :: else -> ty=ACQ fi; pt=tok[n]
          :: st[n]==WAIT || st[n]==HELD -> pt=tok[n]; startrel(n); ty=REL
          :: HAS(n) -> ty=REN; pt=tok[n]
          :: HAS(n) && alone[n] -> alone[n]=0; ty=DOWN; pt=tok[n]
       fi;
       d_step { send(n,ty,pt); s=2*n; script(s); reply(n,s); ty=0; pt=0; s=0 } }
  :: d_step { inbox[n]?[pt,f] -> inbox[n]?pt,f; told(n) }
  :: d_step { inbox[n]?[pt,f] -> inbox[n]?pt,f; pt=0; f=0 }
  od }
#endif
