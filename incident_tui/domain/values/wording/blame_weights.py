"""What words weigh towards blame; made by `python -m tests.domain.values.wording.word_weights`."""

BAR = 3
"""A sentence leans to blame beyond it."""
WEIGHTS = {
    -35: """
xnum
""",
    -23: """
no
""",
    -22: """
^_the
""",
    -19: """
at_xnum
""",
    -18: """
has
""",
    -17: """
becaus_the pag two
""",
    -16: """
xnum_$
""",
    -15: """
as to_the
""",
    -14: """
from its pod restart
""",
    -13: """
acces and_the old servic that tim
""",
    -12: """
as_the found found_the nam sam the_old the_sam
""",
    -11: """
, a had host of_the one which
""",
    -10: """
account becaus dashboard default doe_not has_no lock
""",
    -9: """
acces_to at for limit list only open queu report runbook show shown the_broken the_second was_pag
within xnam_ask
""",
    -8: """
,_so :_the ; alert both channel doe get get_the if_the imag in over replica rol second thre tim_the
told xnam_wrot xrol_and
""",
    -7: """
;_the ^_what ask ask_the broken cannot cluster could_not every four hav_the is is_not is_xrol key
minut reach return run saw see tool version wel wher xnam_notic
""",
    -6: """
: ^_xrol a_read and_xnam bot client confirm empty escalation expir fiv lag laptop link loop open_$
order phon reach_the saw_the second_$ see_the servic_$ show_the sinc_the that_the the_canary
the_default the_lock the_runbook the_tim the_tool was_xrol went_to what_mad xnam_found xrol_follow
xrol_servic
""",
    -5: """
,_as ,_sinc ,_wher ,_which ^_two ^_xnam after agre agre_with are as_agre back_by befor_the broker
by_the canary directory export fil fir flag_on for_the from_the gateway generat green had_rol hid
is_shown library mad_the mainfram maintenanc march member member_of no_acces nobody_was nod
not_reach of on_, one_to pager path permission read_replica region request resolv restart_the
restor_the retry right_one rout s session storm templat the_broker the_check the_mainfram
the_maintenanc to_a to_it visibl vpn was_down when_the who_know xnam_rol xrol_has xrol_pod zon
""",
    -4: """
^_noth a_failover after_the alert_had befor_they bil_servic broken_pod broker_$ calendar cannot_see
consol dashboard_show dat day_$ decid_to each exist exist_$ export_drop field filter find first fix
for_half from_xnum giv graph had_set header host_look in_the its_own join keep keep_the know_the
label left_the lik_the lin_$ linter log look_lik mail merg_the nam_$ new next night_$ no_alert
not_get not_hav not_told notic nul number of_a only_to own own_the parser permission_to pod_$
pod_restart product product_xrol quota_befor ran replica_$ restor right rota rotation scheduler
second_pag shown_only start stat step ten that_was the_channel the_client the_cluster the_directory
the_flag the_job the_linter the_namespac the_new the_nod the_pager the_parser the_permission
the_product the_queu the_retry the_right the_scheduler the_sync the_templat they_deploy tim_out
to_find to_member to_restart to_xnum told_of use used wer_lost who_found who_is wrong_host
wrot_down xnam_read xnam_restart xnamha_dashboard xnum_and xnum_to xrol_? xrol_cannot xrol_export
xrol_had xrol_s xrol_test
""",
    -3: """
,_and ,_becaus ,_the :_it ^_error ^_thre a_dif a_lock acces_had addres against_a age age_$
alert_link all_test alon_from an_alert an_expir and and_all and_had and_no and_two another_server
app approv_by archiv archiv_$ are_not at_fiv autoscaler averag averag_over backup_bucket backup_in
be_approv been befor board board_was branch breaker broken_graph budget budget_is by by_its by_phon
by_scal cal_xnam centr chang_can chang_pas channel_inform clos cluster_$ config_stor connection
consol_hid controller correct correct_$ cron dashboard_averag dashboard_becaus data_centr decid
declar declar_by depend depend_on did_wel dif_of different every_ten expir_overnight extend
extend_$ failover_step failur_$ fault_injection fiv_percent flag' flag'_stat for_a form format
format_was global global_$ got_no graph_first had_a had_been had_expir had_never had_to halt
halt_the has_one has_retir has_to hav_no he_deploy held hid_it impact impact_correct in_an in_one
in_order in_twenty index_exist inform inform_every injection instanc is_no it_is job judg judg_the
laptop_resolv larger leader letter letter_$ link_to lock_$ lock_on loop_of lost_when mainfram_$
mainfram_has march_$ may monday nam_through namespac_could never_saw night no_channel no_xrol
not_say not_see not_visibl noth noth_told number_in of_production of_restart of_xnum ok on_sunday
on_their only_one only_their order_$ out_$ overnight overnight_, own_xrol owner pag_at parser_befor
pas pas_review path_$ pattern peopl_could percent percent_$ pipelin policy production proxy
queu_was rat region_$ reject report_that requir resolv_the restart_by restart_twic retir retir_$
retri retry_storm return_noth review review_and rol_back rollout_at rota_had runbook_to s_laptop
scal_to schedul schema search search_return server server_$ servic_tim she_cal shop shop_open sinc
so_she split stag stag_dashboard stal stat_was stay step_in stop_the stor stor_$ tak that_search
the_autoscaler the_board the_bot the_consol the_error the_escalation the_flag' the_format
the_impact the_index the_key the_label the_letter the_link the_loop the_mail the_pattern
the_pipelin the_pod the_proxy the_query the_restart the_schema the_shop the_stag the_vault the_wiki
through_another ticket_wer titl titl_$ to_halt to_keep told_that tool_was under updat updat_$
use_the v v_xnum vault version_run view visibl_to wait wait_for warn_becaus was_archiv was_declar
was_extend was_global was_look was_remov we_did wel_to which_the who_judg wiki with_the work_from
wrong_zon xnam_and xnam_open xnam_ran xnam_report xnam_wait xnam_when xnamha_acces xnamha_deploy
xnamha_ticket xrol_alon xrol_chang xrol_could xrol_decid xrol_get xrol_hav xrol_is xrol_laptop
xrol_own xrol_restor xrol_rotation zero zero_$ zon_$
""",
    -2: """
^_fault a_conflict a_dataset a_ful a_plan accept account_had addres_$ alert_: alert_on alon and_lag
any as_its as_soon audit audit_log bas bas_imag befor_any between_the bot_$ bridg build_against
button by_a by_region cal chang_thre chang_with chart chat chat_at check_; check_do client_library
command command_exact compar conflict conflict_$ consumer_group cover cut_off databas_$ dataset
dataset_without day deploy_brok driver drop each_month entry error_budget error_rat evict exact
exact_as expir_token failover_of filter_by four_tim from_monday from_thre ful_disk gap gateway_$
given graph_turn green_check group_and hav_an host_$ hotfix hotfix_and id_from imag_$ in_may
in_minut is_filter it_in job_as join_the kernel lag_start larger_instanc launch_dat let_nul
link_was load_test loop_ran maintenanc_$ memory messag network never_rehears new_bas not_protect
notic_the now_$ nul_addres nul_through on_queu order_of out_which over_region over_two pod_was
print prob prompt protect queu_age ran_into reconcil reconcil_loop region_, rehears rehears_a
remov_in renewal request_$ return_xnum review_it rollout room_and rout_of run_wher runbook_,
runbook_told s_dashboard s_reconcil scal scheduler_ignor schema_let see_only set_$ shar_one soon_as
split_over stop storm_$ sync_to tag tag_$ than the_audit the_breaker the_bridg the_cal the_hotfix
the_id the_leak the_limit the_nam the_plan the_policy the_rotation thi_databas thre_chat
thre_servic thre_tim ticket_, tim_in to_fal token token_caus told_xnam turn_$ two_chat two_minut
two_peopl two_room two_xrol unit unreachabl until_the upstream used_the was_cut was_evict was_hard
was_on was_split we_found when_he wher_$ wher_it whether which_version whoever_is whos wiki_giv
window with_green without_nul writ_$ xnam_at xnam_confirm xnam_merg xnam_review xnam_stop xnam_used
xnamha_chang xnum_of xrol_account xrol_for xrol_work
""",
    2: """
,_another ,_misconfigur ,_surpris ^_anybody ^_careles ^_courtesy ^_everyon ^_fat ^_infra ^_noon
^_she ^_surpris ^_we a_careles a_week admin_tri alert_twic allow_list an_hour and_chair and_ran
and_restart another_lost anyway anyway_$ as_xnam at_fault backend_sinc been_pay befor_step
between_keyboard blunder but_xnam by_run by_tom can_one careles_chang carelessnes_$ caus_is chair
chair_$ checklist_$ competent complaint complaint_for copi copi_the deploy_thi depth did_not
did_noth disciplin_in ever_car fault_, first_complaint flag_was forget_the friend friend_in
from_xrol fumbl fumbl_the good_$ had_ever had_listen had_onc hav_happen his_luck how_can hurry_$
hurry_as in_network inattentiv inflict inflict_by infra_drop into is_shar is_why its_backend
keyboard_and lead_had look_good lost_sunday luck luck_$ mad_without mis_index misread mistak_$
monitor_$ mor_ignor must nam_rul need_to night_xrol noon_had not_$ of_our on_for one_forget ought
ought_to our_friend part_$ pipelin_was pres_enter proces_$ reboot refus refus_to renew_the
rollback_was run_step rush_it self self_inflict servic_was set_the setting_$ she_did shift_$
shortcut should_hav sinc_nobody skip sloppines_with slow_as snooz snooz_the support_hid surpris
surpris_, terraform_plan test_to the_alert the_allow the_dashboard the_lost the_main the_mis
the_problem they_set thi_would think_when to_$ to_pay to_try took_down took_us tri_his try_a
typ_the us_so useles useles_sinc valid_and want_to was_doing was_negligenc was_self was_slow
was_useles was_valid what_the when_edit when_they which_is who_brok why_it wip wip_the wrong_flag
wrong_hostnam xnam_brok xnam_fumbl xnam_misread xnam_not xnam_ought xnamha_carelessnes
xnamha_negligenc xnamha_part xnamha_sloppines xnum_befor xrol_overlook xrol_refus xrol_snooz
xrol_turn xrol_xrol
""",
    3: """
,_a ,_in ,_we ,_we'd ^_amateurish ^_as ^_how ^_incompetent ^_it' ^_lack ^_negligenc ^_poor ^_sloppy
a_bit a_failur a_lack a_second a_sev a_smal acknowledg_the acros acros_region admin_was adult
adult_was against_better alert_for although amateurish_setup an_outag and_did and_past and_so
anybody_with anyon_read around array backup_was bad bal_$ balancer better_knowledg blind blip
blip_into both_at cach_expir car_enough careles_copy careles_with chang_of check check_$ clear_was
command_$ concentrat copy_and corner could_hav could_see cut_corner dark delet_the depth_$ dev_who
dif_$ down dur everyon expir_at eye_could factor fail failover_$ failur_to fault_for fault_lie
finger_the finish firewal_rul first_plac for_not for_twenty forget forgot_to good got_an guilty gut
gut_to had_one handl_of has_mad hav_known heard heard_of her_$ his_depth human_error ignor_two
inattention incompetenc incompetent_handl index_$ insist instead_of is_the is_tom it' it_$
judgement_by judgement_turn just keyboard knowledg knowledg_$ last last_xnum lin_dif listen_$
load_balancer long look_$ lost lunch mad mad_a manager manager_want misconfigur misremember
misremember_the mistak_in monitor neglect negligenc_on never_heard nginx no_adult no_idea
no_patienc nobody_had not_be not_concentrat not_know not_sync not_think number_and of_disciplin
of_his of_unicod of_xnam on_xnam on_xnamha origin outag_courtesy overconfident pag_befor panick_$
panick_and parser_never past_$ patienc_$ problem_is proces push_through read_it read_the reckles
responsibility responsibility_for responsibl restor_$ root_caus rot rot_$ runbook_step rush_the
s_incompetenc screw security setup setup_of sev sev_xnum shar_acros should'v_known should_not sign
sit skip_the slept_through slip slip_through sloppines_in sloppy_work smal smal_blip so_long
somebody_clear someon_was stamp_a switch_on sync_befor terraform test_$ the_admin the_cach
the_chang the_checklist the_dark the_day the_ful the_gut the_manager the_origin the_red the_root
the_statu the_tracker the_usual the_vendor' the_yaml they_should'v thi_was thing through_against
ticket_rot to_check to_follow to_hav to_read to_renew to_rotat took touch tracker tracker_let tri
try two_pag typo unicod unicod_$ usual_, vendor' want_number warn was_avoidabl was_careles was_flip
was_push was_switch was_watch was_xnamha watch_when we'd we'd_hav week_$ when_it why with_eye
without without_read without_think xnam_dur xnam_last xnam_mes xnam_misremember xnam_neglect
xnam_panick xnam_push xnam_should'v xnamha_mistak xnamha_poor xrol_alway xrol_from xrol_insist
xrol_lost xrol_never xrol_on xrol_ran xrol_responsibl xrol_sign xrol_took xrol_was
""",
    4: """
,_recovery :_one ^_an ^_had ^_it ^_not ^_whoever again alway alway_say amateurish and_sav and_sinc
anybody as_so as_usual asleep_at attributabl attributabl_to avoidabl bal balancer_$ bit blam
blam_for carelessnes caus_was com_lead complacent config config_was culprit culprit_is deploy_was
disciplin do doing don_his drag_on error_$ fail_to fat fat_finger fault fault_$ firewal flip flip_$
for_xnum forty forty_minut friday ful_traffic got grown grown_up had_look had_xnam hand_$ handl
happen hav_rol his_homework homework homework_on how idea impatienc impatienc_$ in_that incident_is
individual individual_who inexperienc_operator instead is_attributabl is_that is_to is_xnamha
it_was knew lead_forgot lead_play let_it lie lie_with listen long_to middl middl_of misconfigur_the
new_tool no_$ no_grown not_don off_the often often_with on_shift on_until onc_mor operator_restart
origin_got outag_was overlook overlook_the part patienc pebkac_, peopl_ignor pres primary_at read
recovery recovery_drag red review_$ room_when root s_impatienc sat_on say_no sinc_xnam slept
so_often support the_bal the_com the_culprit the_dev the_failover the_firewal the_individual
the_lead the_middl the_peopl the_real the_releas the_room the_script the_timeout the_wheel the_whol
thi_had think_$ timeout_to to_ask to_blam too tool_$ tool_, turn turn_a up_was us_$ us_forty
was_asleep was_mad we_wer went wheel whol xnam_could xnam_forgot xnam_should xrol_kept xrol_rubber
xrol_should
""",
    5: """
,_honest ^_nobody a_rooki about_the admin again_$ an_inexperienc asleep at_peak attention_$ better
botch_$ busines busines_in clu_$ down_, drag dur_the duty enough_to eye graph_$ group_$ had_their
he_was honest_$ human_mistak ignor_by ignor_the judgement known known_that lack_of lazy look
look_at mes_up mor namespac_$ no_busines not_bother not_read on_duty one_job pant pant_down
pay_attention peak peak_tim peopl_on platform platform_group poor_judgement real_problem rooki
rooki_error rubber rubber_stamp sat sav sav_us she sloppines stamp that_namespac the_bucket
the_certificat the_graph the_platform their_pant thought tim_$ to_look tom_$ vendor'_xrol
vendor_had was_botch was_ignor was_in whoever xnum_minut xnum_the xrol_did xrol_ignor xrol_panick
""",
    6: """
^_pebkac ^_someon a_hurry alert_was back_at be becaus_he botch chang_was com courtesy courtesy_of
dev did finger hav honest hurry if_only if_xnam inexperienc it lack mes our panick pay pebkac play
push rush script_$ the_outag the_support the_wrong their through to tom want was_a who_wrot xnam_$
xnamha_fault xrol_fail xrol_wer
""",
    7: """
^_human ^_somebody ^_they anyon backup_$ becaus_xnam caus clear clu don edit enough forgot human
incompetent job_$ let_the negligenc no_clu poor real should'v sloppy they up_the usual who would
""",
    8: """
car for_an had_not nobody outag problem the_deploy think xrol_$
""",
    9: """
about at_the by_xnam check_the her let somebody someon xnam_,
""",
    10: """
attention bother_to lead should we wrong
""",
    11: """
bother he ignor mistak
""",
    12: """
careles peopl
""",
    13: """
us
""",
    14: """
up
""",
    15: """
his
""",
    17: """
thi
""",
    18: """
xnamha
""",
    21: """
the_xrol
""",
    30: """
xrol
""",
    36: """
xnam
""",
}
