//! TLVs of logins since 2013, and short bodies of a session.

use crate::oicq::body::tests::values::{reads, DOWN, UP};
use crate::oicq::body::{session_2012, tlv};

#[test]
fn tlvs() {
    reads! {
        tlv::tlvs, UP: "0004 0007 0001 0003 'a@b" => "Tlv: TlvType=4 TlvLength=7 TlvVersion=1 MailAccount=a@b";
        tlv::tlvs, UP: "0005 0006 0002 00bc614e" => "Tlv: TlvType=5 TlvLength=6 TlvVersion=2 OwnUin=12345678";
        tlv::tlvs, UP: "0006 0004 11*4" => "Tlv: TlvType=6 TlvLength=4 LoginBlob[4]";
        tlv::tlvs, UP: "001a 0004 11*4" => "Tlv: TlvType=26 TlvLength=4 EncryptedTlvs[4]";
        tlv::tlvs, UP: "0007 0002 5454" => "Tlv: TlvType=7 TlvLength=2 Ticket[2]";
        tlv::tlvs, UP: "0112 0002 5454" => "Tlv: TlvType=274 TlvLength=2 Ticket[2]";
        tlv::tlvs, UP: "0303 0002 5454" => "Tlv: TlvType=771 TlvLength=2 Ticket[2]";
        tlv::tlvs, UP: "000c 0016 0002 0000 00000001 00000002 cb007105 1f40 00*4" => "Tlv: TlvType=12 TlvLength=22 TlvVersion=2 ?2 Idc=1 Isp=2 ServerAddress=203.0.113.5 ServerPort=8000 ?4";
        tlv::tlvs, DOWN: "000c 0016 0002 0000 00000001 00000002 cb007105 1f40 00*4" => "Tlv: TlvType=12 TlvLength=22 TlvVersion=2 ?2 Idc=1 Isp=2 RedirectAddress=203.0.113.5 RedirectPort=8000 ?4";
        tlv::tlvs, UP: "0015 0010 0001 00 11111111 0000 01 22222222 0000" => "Tlv: TlvType=21 TlvLength=16 TlvVersion=1 ?1 Crc=286331153 ?1 Crc=572662306";
        tlv::tlvs, DOWN: "0017 000e 0001 44444444 c000020a 0fa0 0000" => "Tlv: TlvType=23 TlvLength=14 TlvVersion=1 ServerTime=44444444 ClientAddress=192.0.2.10 ClientPort=4000 ?2";
        tlv::tlvs, UP: "0018 0016 0001 00000436 00000001 0000149b 00bc614e 0001 0000" => "Tlv: TlvType=24 TlvLength=22 TlvVersion=1 SsoVersion=1078 ServiceId=1 ClientBuild=5275 OwnUin=12345678 RedirectCount=1 ?2";
        tlv::tlvs, UP: "0019 0010 0001 00000436 00000001 0000149b 0000" => "Tlv: TlvType=25 TlvLength=16 TlvVersion=1 SsoVersion=1078 ServiceId=1 ClientBuild=5275 ?2";
        tlv::tlvs, DOWN: "001e 0010 11*16" => "Tlv: TlvType=30 TlvLength=16 NextKey[secret 16]";
        tlv::tlvs, UP: "001f 0006 0001 88*4" => "Tlv: TlvType=31 TlvLength=6 TlvVersion=1 ComputerId[4]";
        tlv::tlvs, UP: "002d 0006 0001 0a000007" => "Tlv: TlvType=45 TlvLength=6 TlvVersion=1 LocalAddress=10.0.0.7";
        tlv::tlvs, UP: "0030 0004 0002 5454" => "Tlv: TlvType=48 TlvLength=4 Ticket[2]";
        tlv::tlvs, UP: "0032 0006 0001 07*4" => "Tlv: TlvType=50 TlvLength=6 TlvVersion=1 TlvValue[4]";
        tlv::tlvs, UP: "0036 0006 0001 07*4" => "Tlv: TlvType=54 TlvLength=6 TlvVersion=1 TlvValue[4]";
        tlv::tlvs, UP: "0105 0006 0001 07*4" => "Tlv: TlvType=261 TlvLength=6 TlvVersion=1 TlvValue[4]";
        tlv::tlvs, DOWN: "0100 000f 0001 0836 00000034 0005 'wrong" => "Tlv: TlvType=256 TlvLength=15 TlvVersion=1 ?2 LoginError=52 LoginMessage=wrong";
        tlv::tlvs, UP: "0102 002c 0001 22*16 0002 5454 0014 66*16 77*4" => "Tlv: TlvType=258 TlvLength=44 TlvVersion=1 Random[16] Ticket[2] Random[16] Crc=2004318071";
        tlv::tlvs, UP: "0103 0006 0001 0002 5454" => "Tlv: TlvType=259 TlvLength=6 TlvVersion=1 Ticket[2]";
        tlv::tlvs, UP: "0110 0006 0001 0002 5454" => "Tlv: TlvType=272 TlvLength=6 TlvVersion=1 Ticket[2]";
        tlv::tlvs, DOWN: "0104 0015 0001 0836 00000001 0005 01 07 0004 89504e47 01 0809" => "Tlv: TlvType=260 TlvLength=21 TlvVersion=1 ?2 LoginError=1 ?2 CaptchaNeeded=1 ?1 CaptchaPicture[4] CaptchaNext=1 TlvValue[2]";
        tlv::tlvs, DOWN: "0104 000d 0001 0836 00000000 0005 00 0809" => "Tlv: TlvType=260 TlvLength=13 TlvVersion=1 ?2 LoginError=0 ?2 CaptchaNeeded=0 TlvValue[2]";
        tlv::tlvs, DOWN: "0107 0058 0002 0016 00000001 00000002 00000003 00000004 00000005 0006 11*16 0001 54 12*16 0001 55 0015 00 13*16 0001 56 07 08" => "Tlv: TlvType=263 TlvLength=88 TlvVersion=2 ServiceId=1 TicketPriority=2 TicketRefresh=3 TicketValid=4 TicketRetry=5 TicketRetries=6 NextKey[secret 16] Ticket[1] NextKey[secret 16] Ticket[1] ?1 NextKey[secret 16] Ticket[1] TlvValue[1] TlvValue[1]";
        tlv::tlvs, DOWN: "0108 0014 0001 0010 000e 001b 05 'Alice 01 00000002 1e" => "Tlv: TlvType=264 TlvLength=20 TlvVersion=1 Avatar=27 Nickname=Alice Gender=1 UserFlags=2 Age=30";
        tlv::tlvs, DOWN: "0109 0016 0001 11*16 0001 54 07" => "Tlv: TlvType=265 TlvLength=22 TlvVersion=1 NextKey[secret 16] Ticket[1] TlvValue[1]";
        tlv::tlvs, UP: "010b 0013 0001 33*16 07" => "Tlv: TlvType=267 TlvLength=19 TlvVersion=1 ExeHash[16] TlvValue[1]";
        tlv::tlvs, DOWN: "010c 002e 0001 11*16 00bc614e c000020a 0fa0 44444444 00*5 cb007105 cb007106 07" => "Tlv: TlvType=268 TlvLength=46 TlvVersion=1 SessionKey[secret 16] OwnUin=12345678 ClientAddress=192.0.2.10 ClientPort=4000 ServerTime=44444444 ?5 ServerAddress=203.0.113.5 ServerAddress=203.0.113.6 TlvValue[1]";
        tlv::tlvs, UP: "0114 0006 0102 0002 9999" => "Tlv: TlvType=276 TlvLength=6 KeyExchangeVersion=258 PublicKey[2]";
        tlv::tlvs, DOWN: "0301 0005 0003 'abc" => "Tlv: TlvType=769 TlvLength=5 QrText=abc";
        tlv::tlvs, UP: "0309 000c 0001 cb007105 01 cb007106 02" => "Tlv: TlvType=777 TlvLength=12 TlvVersion=1 PreviousServer=203.0.113.5 RedirectCount=1 PreviousServer=203.0.113.6 PingType=2";
        tlv::tlvs, UP: "0309 000a 000a 0004 cb007105 0002" => "Tlv: TlvType=777 TlvLength=10 TlvVersion=10 PreviousServer=203.0.113.5 ?2";
        tlv::tlvs, UP: "030f 0004 0002 'PC" => "Tlv: TlvType=783 TlvLength=4 ComputerName=PC";
        tlv::tlvs, UP: "0310 0004 cb007105" => "Tlv: TlvType=784 TlvLength=4 ServerAddress=203.0.113.5";
        tlv::tlvs, UP: "0313 000b 010102 0002 8888 00*4" => "Tlv: TlvType=787 TlvLength=11 ?3 ComputerId[2] ?4";
        tlv::tlvs, UP: "0999 0002 0708" => "Tlv: TlvType=2457 TlvLength=2 TlvValue[2]";
        tlv::tlvs, UP: "0310 0004 cb007105 00*6" => "Tlv: TlvType=784 TlvLength=4 ServerAddress=203.0.113.5 Trailing[6]";
    }
}

#[test]
fn bodies_of_a_session() {
    reads! {
        session_2012::level: "88 00bc614e 00*4 0005 0064 0000 0007 0003 'VIP 0001 '1" => "SubCommand=136 FriendUin=12345678 ?4 Level=5 ActiveDays=100 ?2 RemainingDays=7 LevelText=VIP LevelText=1";
        session_2012::properties_request: "02 00002711" => "SubCommand=2 FriendUin=10001";
        session_2012::properties_request: "02 00002711 00" => "no";
        session_2012::properties: "02 00002711 4000" => "SubCommand=2 FriendUin=10001 PropertyBytes[2]";
        session_2012::properties: "02 00002711" => "no";
        session_2012::remark_request: "67 00002711" => "SubCommand=103 FriendUin=10001";
        session_2012::remark_request: "67 00002711 00" => "no";
        session_2012::sub_alone: "02" => "SubCommand=2";
        session_2012::sub_alone: "02 00" => "no";
        session_2012::key_request: "11" => "SubCommand=17";
        session_2012::key_request: "11 00" => "no";
        session_2012::notices: "00bc614e 0001 0002" => "OwnUin=12345678 NoticeNumber=1 NoticeNumber=2";
        session_2012::notices: "00002711 0001 0002" => "no";
        session_2012::state: "01 00 0a" => "SubCommand=1 Reply=0 Status=10";
        session_2012::state: "01 00 00 0a" => "SubCommand=1 Reply=0 ?1 Status=10";
        session_2012::state: "01 00 01 0a" => "no";
        session_2012::state: "01 00 0a 0000" => "no";
        session_2012::place_request: "07 c000020a 00" => "SubCommand=7 ClientAddress=192.0.2.10 ?1";
        session_2012::place_request: "07 c000020a 00 00" => "no";
        session_2012::place: "07 00 02 'CH 02 'BE 04 'Bern" => "SubCommand=7 Reply=0 Country=CH Province=BE City=Bern";
        session_2012::place: "07 00 02 'CH 02 'BE 04 'Bern 00" => "no";
        session_2012::weather: "03 01 44444444 03 'sun 04 'west 0005 0014 00 03 'hot 00 02 'BE 04 'Bern 00*4 01 44444445 04 'rain 04 'east 0001 0009 00 00" => "SubCommand=3 Count=1 Forecast: ForecastTime=44444444 Weather=sun Wind=west LowTemperature=5 HighTemperature=20 ?1 WeatherHint=hot ?1 Province=BE City=Bern ?4 Count=1 Forecast: ForecastTime=44444445 Weather=rain Wind=east LowTemperature=1 HighTemperature=9 ?1 WeatherHint=";
        session_2012::weather: "03 00 01 02 'BE 04 'Bern 00*4 00" => "no";
        session_2012::weather: "03 00 00 02 'BE 04 'Bern 00*4 00 00" => "no";
        session_2012::push_0355: "00002711 00bc614e 00000007 cb007105 07" => "From=10001 To=12345678 MessageSequence=7 PeerAddress=203.0.113.5 ?1";
        session_2012::push_0355: "00002711 00002712 00000007 cb007105 07" => "no";
    }
}
